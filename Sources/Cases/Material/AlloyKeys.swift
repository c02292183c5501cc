import Materials
import Quantities

// Thermodynamics and volumes of lithium and a host.
extension KeyReader {
    func thermodynamics() -> Stated<AlloyPhase>? {
        law("thermodynamics", "Gibbs energies of the phases of lithium and a host.") { keys in
            let database = keys.database()
            let lithium = keys.element("lithium", default: "LI", "The database's name of lithium.")
            let host = keys.element("host", default: "MG", "The database's name of the host.")
            let phase = keys.element(
                "phase", default: "BCC_A2",
                "The phase that a layer is taken for, at all compositions: where it is metastable as well.")
            let phases = keys.phases()
            guard let database else { return nil }
            var key = "host"
            do throws(DatabaseError) {
                var system = try keys.context.files.system(of: database, lithium: lithium, host: host)
                key = "phases"
                if !phases.isEmpty { system = try system.keeping(phases) }
                if let omitted = system.omitted.first {
                    let others = system.omitted.count > 1 ? " and \(system.omitted.count - 1) more" : ""
                    throw DatabaseError(
                        path: system.path, line: omitted.line,
                        "the phase \(omitted.name) of \(lithium)-\(host) cannot be used: \(omitted.reason)\(others); equilibria "
                            + "without it may be wrong: mend it, or name the phases to use in `thermodynamics.phases`")
                }
                key = "phase"
                return try AlloyPhase(phase, of: system)
            } catch {
                keys.report(error, at: key)
                return nil
            }
        }
    }

    /// The thermodynamic database: beside the file that names it, or one that comes with Mesolith.
    private func database() -> CaseFiles.Database? {
        let name = text(
            "database", example: "cost507-li-mg.tdb", isRequired: true,
            "A thermodynamic database (TDB): a path as seen from this file, or the name of one that comes with Mesolith."
        )
        guard let name, let location = entry("database")?.value.location else { return nil }
        do {
            let file = try context.files.database(name, namedIn: location)
            context.attachments.append(("thermodynamic_database", file.text))
            if !MaterialFile.isOfLibrary(file.path) {
                renote("database", .text(MaterialFile.absolute(file.path)))
            }
            return file
        } catch {
            report(error, at: "database")
            return nil
        }
    }

    /// The phases to use, none when all are.
    private func phases() -> [String] {
        let kind = "a list of names such as `[LIQUID, BCC_A2, HCP_A3]`"
        declare(
            "phases", kind: "list of names", example: "[LIQUID, BCC_A2, HCP_A3]",
            "The phases of the database to use, all when absent; then each of them must be one that can be used. Whether an alloy "
                + "melts is known only with its liquid.")
        guard let entry = take("phases", isRequired: false, example: "", kind: kind) else { return [] }
        guard case .list(let items) = entry.value.content, !items.isEmpty else {
            context.report(entry.value.location, "`phases`: expected \(kind), found \(entry.value.kind)")
            return []
        }
        let names = items.compactMap { item -> String? in
            if case .scalar(let text, _) = item.content, !text.isEmpty { return text.trimmed }
            context.report(item.location, "`phases`: expected the name of a phase, found \(item.kind)")
            return nil
        }
        note("phases", .list(names.map { .plain($0) }))
        return names
    }

    private func report(_ error: DatabaseError, at key: String) {
        if error.line > 0 {
            context.report(.file(path: error.path, line: error.line, column: 1), error.message)
        } else {
            problem(key, error.message)
        }
    }

    private func element(_ name: String, default fallback: String, _ meaning: String) -> String {
        let text = text(name, example: fallback, meaning)
        if text == nil { note(name, .text(fallback)) }
        return (text ?? fallback).uppercased()
    }

    /// The molar volumes: that of lithium, and of its mixture with a host where both are given.
    func volumes() -> (mixture: Stated<MolarVolume>?, lithium: Stated<Double>?) {
        let stated = law(
            "volume", "Partial molar volumes of lithium and the host, constant but for `excess`.",
            ranges: [.temperature, .moleFraction]
        ) { keys in
            let range = ValueRange.from("0.1 cm^3/mol", to: "1000 cm^3/mol")
            let lithium = keys.optionalParameter(
                "lithium", .molarVolume, example: "13.0 cm^3/mol", range: range,
                "Partial molar volume of lithium, V_Li.")
            let host = keys.optionalParameter(
                "host", .molarVolume, example: "14.0 cm^3/mol", range: range, "Molar volume of the host, V_host.")
            let excess = keys.quantities(
                "excess", .molarVolume, example: "[-1.9 cm^3/mol]", isRequired: false,
                "Excess volume, v_k of V = x V_Li + (1 - x) V_host + x (1 - x) sum_k v_k (2x - 1)^k, up to four; [-1.9 cm^3/mol] "
                    + "meets the measured concentrations of Li0.95Mg0.05 and Li0.9Mg0.1.")
            keys.keepList("excess", "Excess volume.")
            let mixture = keys.mixture(lithium, host, excess: excess)
            return Volumes(mixture: mixture, lithium: lithium.flatMap { areKnown($0) ? $0 : nil })
        }
        guard let stated else { return (nil, nil) }
        return (
            stated.law.mixture.map { Stated($0, validity: stated.validity) },
            stated.law.lithium.map { Stated($0, validity: stated.validity) }
        )
    }

    /// The volume of a mixture of lithium and a host, m3/mol; nil where one of them is missing or wrong.
    private func mixture(_ lithium: Double?, _ host: Double?, excess: [Double]) -> MolarVolume? {
        guard let lithium, let host, areKnown(lithium, host) else { return nil }
        guard !excess.isEmpty else { return MolarVolume(lithiumVolume: lithium, hostVolume: host) }
        guard excess.count <= 4 else {
            problem("excess", "found \(excess.count) coefficients, four are the most")
            return nil
        }
        var coefficients = SIMD4<Double>.zero
        for (index, value) in excess.enumerated() { coefficients[index] = value }
        do throws(MolarVolume.Invalid) {
            return try MolarVolume(lithiumVolume: lithium, hostVolume: host, excess: coefficients)
        } catch {
            problem("excess", error.description)
            return nil
        }
    }
}

/// What `volume` of a material holds.
private struct Volumes: Sendable {
    let mixture: MolarVolume?
    /// m3/mol.
    let lithium: Double?
}
