import Cases
import Models
import Testing

@Suite("Transport in the plane")
struct PlaneTransportTests {
    private func model(_ overrides: String...) throws -> TransportCase {
        let read = try Case(bytes: Array(SampleCase.text.utf8), path: "case.yaml", overrides: overrides)
        return try #require(read.model as? TransportCase)
    }

    @Test("A slab has no plane, and no key of one in its resolved text")
    func slab() throws {
        #expect(try model().plane == nil)
        let resolved = try SampleCase.read().resolved
        for key in ["width", "side", "electrolyte", "columns", "threads"] { #expect(!resolved.contains("\(key):")) }
    }

    @Test("A strip and a disk have the keys of the slab")
    func shapes() throws {
        let strip = try #require(
            try model("layer.shape=strip", "layer.width=10 um", "mesh={cells: 8, columns: 6}", "numerics.threads=3")
                .plane)
        #expect(strip.body.shape == .strip)
        #expect(strip.body.side == .free)
        #expect(strip.body.columns == 6 && strip.body.rows == 8 && strip.threads == 3)
        #expect(strip.body.electrolyteGrading == 10)
        #expect(strip.body.thickness == 5e-6 && strip.body.width == 10e-6)
        #expect(strip.mechanics == nil)
        #expect(strip.lithium.diffusivity == .constant(6e-15))
        #expect(strip.initial == 0 && strip.saturation == 69_600 && strip.depletion == 0)
        #expect(strip.protocolSteps == [ProtocolStep(.plate, currentDensity: 10, ends: [.surfaceSaturates])])
        #expect(strip.integrator.relativeTolerance == 1e-8)

        let disk = try #require(try model("layer.shape=disk", "layer.width=10 um", "layer.slab_volume=host").plane)
        #expect(disk.body.shape == .disk)
        #expect(disk.lithium.composition.relation == .perHostVolume)
    }

    @Test("The error is estimated on coarser planes")
    func coarser() throws {
        let strip = try model("layer.shape=strip", "layer.width=10 um")
        #expect(strip.coarser.map { $0.plane?.body.rows } == [32, 64])
        let off = try model("layer.shape=strip", "layer.width=10 um", "numerics.error_estimate=off")
        #expect(off.coarser.isEmpty)
    }
}
