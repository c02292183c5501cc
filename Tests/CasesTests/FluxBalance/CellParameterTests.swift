import Cases
import LinearAlgebra
import Materials
import Models
import Testing

@Suite("The keys of a cell reach its parameters")
struct CellParameterTests {
    @Test("What is left out")
    func defaults() throws {
        let cell = try SampleCell.parameters()
        #expect(cell.temperature == 298.15)
        #expect(cell.working.thickness == 50e-6)
        #expect(cell.working.molarVolume == 13e-6)
        #expect(cell.supply == ElectrodeParameters.LatticeSupply.none)
        guard case .thinning(let law) = cell.working.creep else {
            Issue.record("the creep of lithium is not that of its thinning")
            return
        }
        // 0.06 um/h at 2.2 MPa and 30 degC
        let velocity: Double = law(pressure: 2.2e6, temperature: 303.15)
        #expect(agree(velocity, 0.06e-6 / 3600))
        #expect(cell.working.voidHeight == 1e-6)
        #expect(cell.working.contactFraction == 1 && cell.working.leastContact == 0.01)
        #expect(cell.working.filmResistance == 0)
        #expect(cell.working.constriction == nil)
        // 8.6 mA/cm2 at 25 degC
        #expect(agree(cell.working.kinetics.exchangeCurrentDensity(temperature: 298.15), 86))
        guard case .none = cell.counter else {
            Issue.record("the cell is not a half cell")
            return
        }
        #expect(cell.separatorResistance == 0)
        #expect(cell.stack.pressure == 5e6 && cell.stack.fixture == .constantPressure)
        #expect(cell.stack.confinedCreep == nil)
        #expect(cell.criticalCurrentDensity == .infinity)
        #expect(cell.integrator.relativeTolerance == 1e-6)
        #expect(cell.frames == .finalOnly)
    }

    @Test("The lattice gives nothing, a current density, or one by its vacancies, or is resolved")
    func lattice() throws {
        #expect(
            try SampleCell.parameters(set: "electrode.lattice={current_density: 0.1 mA/cm^2}").supply
                == .quasiSteady(currentDensity: 1))
        let resolved = try SampleCell.parameters(
            set: "electrode.lattice={diffusivity: 1e-11 cm^2/s, critical_deficit: 1e-3}",
            "mesh={cells: 20, grading: 3}")
        #expect(resolved.supply == .resolved(diffusivity: 1e-15, criticalDeficit: 1e-3))
        #expect(resolved.cells == 20 && resolved.grading == 3)
        guard
            case .quasiSteady(let density)? = try SampleCell.parameters(
                set: "electrode.lattice={supersaturation: 3, sink_distance: 20 um}", "temperature=40 degC"
            ).supply
        else {
            Issue.record("the supply by vacancies is not a current density")
            return
        }
        // i = F D* (S - 1) / (Ω f l) with D* = 0.111 cm2/s exp(-0.55 eV / kT)
        let diffusivity: Double = 0.111e-4 * Double.exp(-0.55 / (8.617333262e-5 * 313.15))
        let expected: Double = 96485.33212 * diffusivity * 2 / (13e-6 * 0.727 * 20e-6)
        #expect(abs(density / expected - 1) < 1e-8)
        let loose = "electrode.lattice={supersaturation: 3, sink_distance: 20 um, correlation_factor: 1}"
        guard case .quasiSteady(let free)? = try SampleCell.parameters(set: loose, "temperature=40 degC").supply else {
            Issue.record("the supply by vacancies is not a current density")
            return
        }
        #expect(agree(free, 0.727 * density))
    }

    @Test("Creep by thinning, prescribed, or none; its law is read where it is used only")
    func creep() throws {
        #expect(try SampleCell.parameters(set: "electrode.creep=none").working.creep == .none)
        guard
            case .prescribed(let flux) = try SampleCell.parameters(
                set: "electrode.creep={current_density: 0.2 mA/cm^2}"
            ).working.creep
        else {
            Issue.record("the creep is not prescribed")
            return
        }
        #expect(agree(flux, 2 / 96485.33212))
        let paths = try SampleCell.read(set: ["electrode.creep=none"]).laws.map(\.path)
        #expect(paths == ["material.volume", "interface.kinetics"])
        #expect(
            try SampleCell.read(set: []).laws.map(\.path)
                == ["material.volume", "material.thinning", "interface.kinetics"])
    }

    @Test("Voids, films, spots and the electrolyte between the electrodes")
    func contact() throws {
        let cell = try SampleCell.parameters(
            set: "voids={height: 2 um, contact_fraction: 0.8, least_contact: 0.05}",
            "contact={film_resistance: 3 ohm*cm^2, spot_pitch: 10 um}",
            "electrolyte={thickness: 500 um, conductivity: 2 mS/cm}")
        #expect(cell.working.voidHeight == 2e-6)
        #expect(cell.working.contactFraction == 0.8 && cell.working.leastContact == 0.05)
        #expect(agree(cell.working.filmResistance, 3e-4))
        let constriction = try #require(cell.working.constriction)
        #expect(agree(constriction.pitch, 10e-6) && agree(constriction.conductivity, 0.2))
        #expect(agree(cell.separatorResistance, 500e-6 / 0.2))
        // 1.56 mS/cm at 25 degC
        let shipped = try SampleCell.parameters(set: "electrolyte.thickness=500 um")
        #expect(agree(shipped.separatorResistance, 500e-6 / 0.156))
        let changed = try SampleCell.parameters(
            set: "electrolyte={thickness: 1 mm, material: {from: lpscl}}",
            "electrolyte.material.conductivity.ionic=1 mS/cm")
        #expect(agree(changed.separatorResistance, 1e-3 / 0.1))
    }

    @Test("Symmetric and full cells")
    func counter() throws {
        guard case .symmetric = try SampleCell.parameters(set: "cell=symmetric").counter else {
            Issue.record("the cell is not symmetric")
            return
        }
        func cathode(_ overrides: String...) throws -> CathodeParameters {
            let read = try SampleCell.read(SampleCell.full, set: overrides)
            let model = try #require(read.model as? FluxBalanceCase)
            return try #require(model.parameters.cathode)
        }
        // 1 mAh/cm2 = 36 kC/m2
        let plain = try cathode()
        #expect(agree(plain.capacity, 144_000))
        #expect(plain.stateOfCharge == 0 && plain.expansion == 0 && plain.resistance == 0)
        #expect(plain.openCircuit.lithiumFraction == 0.27...0.9084)
        let given = try cathode(
            "cathode={loading: 20 mg/cm^2, specific_capacity: 200 mAh/g, state_of_charge: 0.5, "
                + "thickness_change: -0.25 um/(mAh/cm^2), resistance: 10 ohm*cm^2}")
        #expect(agree(given.capacity, 144_000))
        #expect(given.stateOfCharge == 0.5)
        #expect(agree(given.expansion, -0.25e-6 / 36_000))
        #expect(agree(given.resistance, 1e-3))
        // 226 mAh/g of the material
        #expect(try agree(cathode("cathode={loading: 20 mg/cm^2}").capacity, 0.2 * 226 * 3600))
        let other = try cathode(
            "cathode={loading: 20 mg/cm^2, material: nmc811}",
            "cathode.material.open_circuit.specific_capacity=180 mAh/g")
        #expect(agree(other.capacity, 0.2 * 180 * 3600))
    }

    @Test("What presses the cell together")
    func stack() throws {
        let stiff = "stack.stiffness=1.3e11 Pa/m"
        #expect(try SampleCell.parameters(set: "stack.fixture=fixed_gap", stiff).stack.fixture == .fixedGap)
        let springs = try SampleCell.parameters(set: "stack.fixture={springs: 9.35e8 Pa/m}", stiff).stack
        #expect(springs.fixture == .springs(stiffness: 9.35e8))
        #expect(springs.stiffness == 1.3e11)
        let relaxing = try SampleCell.parameters(
            set: "stack={pressure: 20 MPa, confined_creep: on, radius: 5 mm}"
        ).stack
        #expect(relaxing.pressure == 20e6 && relaxing.radius == 5e-3)
        let creep = try #require(relaxing.confinedCreep)
        #expect(creep.stressScale == 1e6 && creep.exponent == 6.56)
    }

    @Test("Temperature, short, numerics and output")
    func others() throws {
        let cell = try SampleCell.parameters(
            set: "temperature=35 degC", "short.critical_current_density=1.453 mA/cm^2",
            "numerics={relative_tolerance: 1e-5, max_step: 1 min, max_steps: 99, initial_step: 1 s}",
            "output.frames.interval=10 s")
        #expect(cell.temperature == 308.15)
        #expect(agree(cell.criticalCurrentDensity, 14.53))
        #expect(cell.integrator.relativeTolerance == 1e-5 && cell.integrator.maximumStep == 60)
        #expect(cell.integrator.maximumSteps == 99 && cell.integrator.initialStep == 1)
        #expect(cell.frames == .interval(10))
    }

    @Test("Li-Mg has the keys of a transport layer")
    func alloy() throws {
        let slab = try #require(SampleCell.model(SampleCell.alloy).parameters.alloyLayer)
        let composition = AlloyComposition(relation: .sharedVolume, lithiumVolume: 13e-6, hostVolume: 14e-6)
        #expect(slab.frame == .slab && slab.composition == composition)
        #expect(agree(slab.concentration, composition.concentration(moleFraction: 0.9)))
        #expect(slab.saturation == 69_600 && slab.depletion == 24_000)
        guard case .alloy = slab.diffusivity else {
            Issue.record("the diffusivity is not that of the material")
            return
        }
        // pure lithium is solid lithium
        #expect(abs(slab.phase.gibbsEnergy(moleFraction: 1.0) - slab.referenceEnergy) < 1)

        let own = try SampleCell.model(
            SampleCell.alloy, "electrode.diffusivity=3e-11 cm^2/s", "electrode.frame=host", "mesh={cells: 8}",
            "electrode.initial={site_fraction: 0.5}", "contact.film_resistance=1 ohm*cm^2")
        let host = try #require(own.parameters.alloyLayer)
        #expect(host.frame == .host && host.concentration == 34_800)
        #expect(host.diffusivity == .constant(3e-15))
        #expect(own.parameters.working.creep == .none && own.parameters.working.contactFraction == 1)
        #expect(own.parameters.cells == 8 && own.parameters.grading == 10)
        let perMagnesium = try SampleCell.model(
            SampleCell.alloy, "electrode.slab_volume=host", "electrode.initial=60 mmol/cm^3")
        #expect(perMagnesium.parameters.alloyLayer?.composition.relation == .perHostVolume)
    }

    @Test("The error is estimated with longer steps and, where the lattice is resolved, on fewer cells")
    func coarser() throws {
        let lumped = try SampleCell.model().coarser.map(\.parameters)
        #expect(lumped.count == 1 && agree(lumped[0].integrator.relativeTolerance, 3e-5))
        #expect(try SampleCell.model(SampleCell.alloy).coarser.map(\.parameters.cells) == [32, 64])
        #expect(try SampleCell.model(SampleCell.text, "numerics.error_estimate=off").coarser.isEmpty)
        #expect(try SampleCell.model().threads == 1)
    }
}
