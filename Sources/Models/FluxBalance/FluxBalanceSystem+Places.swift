// Where the unknowns of a cell are, in words.
extension FluxBalanceSystem {
    /// What an unknown is, for messages: the lattice at a distance from the electrolyte as prepared, or one of the three numbers of an
    /// electrode.
    func place(ofUnknown index: Int) -> String {
        guard index >= smallStart else {
            let nodes = lattices[0].start.count
            let distance = lattices[0].distance(ofNode: index % nodes)
            return "the lattice of \(name(ofElectrode: index / nodes)) at \(digits(distance)) m from the electrolyte"
        }
        let (electrode, number) = (index - smallStart).quotientAndRemainder(dividingBy: 3)
        let what =
            switch number {
            case 0: "the void fraction"
            case 1: "the path of creep and growth"
            default: "the settling"
            }
        return "\(what) of \(name(ofElectrode: electrode))"
    }

    private func name(ofElectrode index: Int) -> String { "the \(index == 0 ? "working" : "counter") electrode" }
}
