import FieldIO
import Foundation
import Quantities

/// A made-up run on a lattice: a plate with an electrolyte on top that swells and bends, its fields in closed form, named
/// as a model of lithium and stress would name them.
struct LatticeRun {
    var columns = 12
    var rows = 8
    var moves = true
    var isAxisymmetric = true

    static let radius = 100e-9
    static let height = 140e-9

    static let fields = [
        QuantityDescription("concentration", units: "mol m-3", "lithium concentration"),
        QuantityDescription("li_per_mg", units: "1", "lithium per magnesium, n_Li/n_Mg"),
        QuantityDescription("displacement", units: "m", components: 2, "displacement"),
        QuantityDescription("potential_chemical", units: "V", "chemical part of the potential"),
        QuantityDescription("potential_mechanical", units: "V", "mechanical part of the potential"),
        QuantityDescription("hydrostatic_stress", units: "Pa", "hydrostatic stress"),
        QuantityDescription("von_mises", units: "Pa", "von Mises stress"),
        QuantityDescription("flux_stress", units: "mol m-2 s-1", components: 2, "lithium flux by stress"),
    ]

    var layout: ResultsLayout {
        ResultsLayout(
            model: "chemo-mechanics", mesh: .quadrilaterals(columns: columns, rows: rows, points: undeformed),
            meshMoves: moves, pointFields: Self.fields, series: [],
            tables: .lattice(columns: columns, rows: rows, isAxisymmetric: isAxisymmetric))
    }

    var nodes: Int { (columns + 1) * (rows + 1) }

    /// The vertices at rest, m.
    var undeformed: [SIMD2<Double>] {
        (0..<nodes).map { node in
            let (row, column) = node.quotientAndRemainder(dividingBy: columns + 1)
            return SIMD2(
                Self.radius * Double(column) / Double(columns), Self.height * Double(row) / Double(rows))
        }
    }

    func time(_ frame: Int) -> Double { 20 * Double(frame) }

    /// Where the vertices are, m.
    func points(frame: Int) -> [SIMD2<Double>] {
        guard moves else { return undeformed }
        return undeformed.map { $0 + displacement(at: $0, frame: frame) }
    }

    /// The values of all fields, as a frame brings them.
    func values(frame: Int) -> [Double] {
        let filled = undeformed.map { filling(at: $0, frame: frame) }
        let stress = filled.map { 1e9 * (0.3 - $0) }
        let displacements = undeformed.map { displacement(at: $0, frame: frame) }
        return filled.map { 70_000 * $0 } + filled.map { $0 / (1.001 - $0) }
            + displacements.flatMap { [$0.x, $0.y] } + filled.map { 0.15 - 0.18 * $0 }
            + stress.map { -9e-6 / 96_485 * $0 } + stress + stress.map { 1.2 * abs($0) + 1e8 }
            + undeformed.flatMap { [1e-4 * $0.x / Self.radius, -2e-4 * $0.y / Self.height] }
    }

    /// How full of lithium a place is, 0 to 1.
    private func filling(at place: SIMD2<Double>, frame: Int) -> Double {
        let depth = 1 - place.y / Self.height
        let radius = place.x / Self.radius
        let front = 0.15 * Double(frame + 1)
        return 0.9 * exp(-(depth * depth + 0.4 * radius * radius) / (front * front))
    }

    private func displacement(at place: SIMD2<Double>, frame: Int) -> SIMD2<Double> {
        let strain = 0.02 * Double(frame) * (place.y / Self.height)
        return SIMD2(strain * place.x, strain * place.y * (1 - 0.5 * (place.x / Self.radius)))
    }

    /// Writes a run with the given number of frames.
    func write(to path: String, frames: Int, flushInterval: Duration = .seconds(3600)) throws {
        let file = try ResultsFile(
            creating: path, layout: layout, softwareVersion: "1.2.3", provenance: [("case_path", "plate.yaml")],
            flushInterval: flushInterval)
        for frame in 0..<frames { try append(frame: frame, to: file) }
        try file.finish(status: .finished, summary: [])
    }

    func append(frame: Int, to file: ResultsFile) throws(FieldIOError) {
        let values = values(frame: frame)
        let points = points(frame: frame).map { SIMD3($0, 0) }
        if moves {
            try file.appendFrame(time: time(frame), points: points.span, fields: values.span)
        } else {
            try file.appendFrame(time: time(frame), fields: values.span)
        }
    }
}
