import FieldIO
import Quantities

/// `inputs/points.bin`: the outline of a study but for the texts of its inputs, so that its table can be made without
/// reading the study file again.
enum OutlineFile {
    private static let magic = Array("MesoAxes".utf8)
    private static let version: UInt32 = 1

    /// The file: magic, version, the outline, and the digest of all that.
    static func bytes(of outline: StudyOutline) -> [UInt8] {
        var writer = ByteWriter()
        writer.append(raw: magic)
        writer.append(version)
        for text in [outline.title, outline.model, outline.design] { writer.append(text) }
        writer.append(UInt8(outline.isGrid ? 1 : 0))
        writer.append(UInt8(outline.columns.withErrors ? 1 : 0))
        writer.append(UInt32(outline.columns.kept.count))
        for quantity in outline.columns.kept { append(quantity, to: &writer) }
        writer.append(UInt32(outline.inputs.count))
        for input in outline.inputs { writer.append(input.name) }
        writer.append(UInt32(outline.axes.count))
        for axis in outline.axes {
            append(axis.description, to: &writer)
            writer.append(axis.key)
            writer.append(Int64(axis.values.count))
            switch axis.values {
            case .numbers(let numbers):
                writer.append(UInt8(0))
                for number in numbers { writer.append(number) }
            case .words(let words):
                writer.append(UInt8(1))
                for word in words { writer.append(word) }
            }
        }
        writer.append(writer.digest(from: 0))
        return writer.bytes
    }

    /// The outline in the bytes of a file, its inputs without their texts; nil when they are damaged.
    static func outline(in bytes: [UInt8]) -> StudyOutline? {
        guard bytes.starts(with: magic), bytes.count > magic.count + 8 else { return nil }
        return bytes.withUnsafeBytes { buffer in
            let body = UnsafeRawBufferPointer(rebasing: buffer.dropLast(8))
            var tail = ByteReader(UnsafeRawBufferPointer(rebasing: buffer.suffix(8)))
            guard tail.integer(UInt64.self) == Digest.fnv1a(body) else { return nil }
            var reader = ByteReader(UnsafeRawBufferPointer(rebasing: body.dropFirst(magic.count)))
            guard reader.integer(UInt32.self) == version, let outline = outline(from: &reader), reader.isAtEnd else {
                return nil
            }
            return outline
        }
    }

    private static func outline(from reader: inout ByteReader) -> StudyOutline? {
        guard let title = reader.text(), let model = reader.text(), let design = reader.text(),
            let isGrid = reader.integer(UInt8.self), let withErrors = reader.integer(UInt8.self),
            let kept = list(from: &reader, quantity), let names = list(from: &reader, { $0.text() }),
            let axes = list(from: &reader, axis)
        else { return nil }
        return StudyOutline(
            title: title, model: model, design: design, isGrid: isGrid == 1, axes: axes,
            columns: StudyColumns(kept: kept, withErrors: withErrors == 1),
            inputs: names.map { StudyInput(name: $0, text: "") })
    }

    private static func axis(from reader: inout ByteReader) -> StudyTableAxis? {
        guard let description = quantity(from: &reader), let key = reader.text(),
            let count = reader.integer(Int64.self),
            let kind = reader.integer(UInt8.self)
        else { return nil }
        let length = Int(count)
        let values: StudyTableAxis.Values? =
            kind == 0
            ? items(length, from: &reader) { $0.double() }.map { .numbers($0) }
            : items(length, from: &reader) { $0.text() }.map { .words($0) }
        return values.map { StudyTableAxis(description, key: key, values: $0) }
    }

    private static func append(_ quantity: QuantityDescription, to writer: inout ByteWriter) {
        for text in [quantity.name, quantity.units, quantity.longName] { writer.append(text) }
    }

    private static func quantity(from reader: inout ByteReader) -> QuantityDescription? {
        guard let name = reader.text(), let units = reader.text(), let longName = reader.text() else { return nil }
        return QuantityDescription(name, units: units, longName)
    }

    private static func list<Item>(
        from reader: inout ByteReader, _ item: (inout ByteReader) -> Item?
    ) -> [Item]? {
        reader.integer(UInt32.self).flatMap { items(Int($0), from: &reader, item) }
    }

    private static func items<Item>(
        _ count: Int, from reader: inout ByteReader, _ item: (inout ByteReader) -> Item?
    ) -> [Item]? {
        var items: [Item] = []
        for _ in 0..<max(count, 0) {
            guard let next = item(&reader) else { return nil }
            items.append(next)
        }
        return items
    }
}
