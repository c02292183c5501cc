import Foundation

extension Case {
    /// Refuses a case whose run needs more memory than there is.
    ///
    /// - Throws: ``CaseErrors`` with both numbers and the keys that make the case smaller.
    public func requireMemory(of machine: MachineMemory = .available) throws(CaseErrors) {
        let need = model.memory
        guard need > machine.bytes else { return }
        let keys = type(of: model).resolutionKeys.map { "`\($0)`" }.joined(separator: " or ")
        throw CaseErrors(
            sizePlace,
            "the run needs about \(Self.shown(need)) of memory and may use \(Self.shown(machine.bytes)), which "
                + "\(machine.source) sets; make \(keys) smaller")
    }

    /// Bytes in words, such as `1.5 GiB`.
    private static func shown(_ bytes: Int) -> String {
        let value = Double(bytes)
        return value < 0x1p30
            ? String(format: "%.0f MiB", value / 0x1p20) : String(format: "%.1f GiB", value / 0x1p30)
    }
}
