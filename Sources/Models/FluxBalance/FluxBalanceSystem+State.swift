// What a state of a cell holds, and what steps and events have made of the cell.
extension FluxBalanceSystem {
    /// Void fraction 1 - χ of an electrode.
    @inline(__always)
    func void(_ electrode: Int, in state: [Double]) -> Double { state[smallStart + 3 * electrode] / scale }

    /// How far creep and growth have moved the collector of an electrode towards the electrolyte, m.
    func creepPath(_ electrode: Int, in state: [Double]) -> Double {
        lengthUnit * state[smallStart + 3 * electrode + 1]
    }

    /// What the stack has lost in thickness at an electrode by confined creep, voids apart, m.
    func settling(_ electrode: Int, in state: [Double]) -> Double {
        lengthUnit * state[smallStart + 3 * electrode + 2]
    }

    /// Σ (z + δ), m.
    @inline(__always)
    func thinned(_ state: [Double]) -> Double {
        var sum = 0.0
        for electrode in 0..<interfaces.count {
            sum += state[smallStart + 3 * electrode + 1] + state[smallStart + 3 * electrode + 2]
        }
        return lengthUnit * sum
    }

    /// The load, Pa, which is the pressure where it is above zero.
    @inline(__always)
    func load(time: Double, state: [Double]) -> Double { stack.load(time: time, thinned: thinned(state)) }

    /// The pressure, Pa; NaN where the load is.
    @inline(__always)
    func pressure(time: Double, state: [Double]) -> Double { Self.pressure(load(time: time, state: state)) }

    /// The pressure under a load, Pa. The order of the two lets NaN through.
    @inline(__always)
    static func pressure(_ load: Double) -> Double { max(load, 0) }

    /// The unknown of an electrode's lattice at the electrolyte, mol/m3; 0 where there is none.
    func surface(_ electrode: Int, in state: [Double]) -> Double {
        lattices.isEmpty ? 0 : state[interfaces[electrode].latticeRange.lowerBound]
    }

    /// What the lattice of an electrode holds: missing lithium, or lithium, mol/m2; 0 where there is none.
    func latticeContent(_ index: Int, in state: [Double]) -> Double {
        lattices.isEmpty ? 0 : lattices[index].content(in: state, from: interfaces[index].latticeRange.lowerBound)
    }

    /// Distance from the electrolyte to the collector of an electrode, m.
    func thickness(_ index: Int, in state: [Double]) -> Double {
        interfaces[index].isAlloy
            ? lattices[index].system.thickness(holding: latticeContent(index, in: state))
            : electrode.thickness + electrode.voidHeight * (1 - electrode.contactFraction) - creepPath(index, in: state)
    }

    /// Thickness of the metal of an electrode without its voids, m.
    func metalThickness(_ index: Int, in state: [Double]) -> Double {
        thickness(index, in: state) - electrode.voidHeight * void(index, in: state)
    }

    /// Lithium of an electrode, mol/m2.
    func lithium(_ index: Int, in state: [Double]) -> Double {
        let content = latticeContent(index, in: state)
        if interfaces[index].isAlloy { return content }
        return metalThickness(index, in: state) / electrode.molarVolume - content
    }

    /// Volume that a layer gains for each lithium that it takes up from the current alone, m3/mol: that of lithium is laid down by
    /// growth, which the creep path counts.
    var swelling: Double { interfaces[0].isAlloy ? lattices[0].system.frame.swelling : 0 }

    // MARK: - Steps and events

    /// What steps and events change of a cell.
    struct Memory: Codable {
        var stack: StackState
        var interfaces: [Interface.Memory]
    }

    /// What steps and events have made of the cell; there are as many interfaces as electrodes.
    var memory: Memory {
        get { Memory(stack: stack, interfaces: interfaces.map(\.memory)) }
        set {
            stack = newValue.stack
            for index in interfaces.indices {
                interfaces[index].memory = newValue.interfaces[index]
                follow(index)
            }
        }
    }
}
