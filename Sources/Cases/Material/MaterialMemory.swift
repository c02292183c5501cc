import Materials
import Synchronization

/// A material as a case reads it, and what is found out about it, for other cases that say the same of their material.
final class MaterialMemory: Sendable {
    /// Where a material is used.
    struct State: Hashable, Sendable {
        /// K.
        let temperature: Double
        /// Of lithium.
        let moleFraction: ClosedRange<Double>
        let composition: AlloyComposition
    }

    let material: CaseMaterial
    /// Its file, as messages name it.
    let file: String
    let resolved: ResolvedNode
    let laws: [MaterialLaw]
    let parameters: [MaterialParameter]
    let attachments: [(name: String, text: String)]
    private let found = Mutex(Found())

    private struct Found {
        var diffusivities: [State: Diffusivity] = [:]
        var phases: [State: (phase: SolutionPhase, reference: Double)] = [:]
    }

    /// Most states that are remembered.
    private static let mostStates = 4096

    init(
        material: CaseMaterial, file: String, resolved: ResolvedNode, laws: [MaterialLaw],
        parameters: [MaterialParameter], attachments: [(name: String, text: String)]
    ) {
        self.material = material
        self.file = file
        self.resolved = resolved
        self.laws = laws
        self.parameters = parameters
        self.attachments = attachments
    }

    /// The diffusivity of a state that was checked before.
    func diffusivity(at state: State) -> Diffusivity? { found.withLock { $0.diffusivities[state] } }

    /// The phase of a state that was checked before, and the Gibbs energy of solid lithium in J/mol.
    func phase(at state: State) -> (phase: SolutionPhase, reference: Double)? { found.withLock { $0.phases[state] } }

    /// Remembers a diffusivity with which nothing is wrong.
    func keep(_ diffusivity: Diffusivity, at state: State) {
        found.withLock { if $0.diffusivities.count < Self.mostStates { $0.diffusivities[state] = diffusivity } }
    }

    /// Remembers a phase with which nothing is wrong.
    func keep(_ phase: (phase: SolutionPhase, reference: Double), at state: State) {
        found.withLock { if $0.phases.count < Self.mostStates { $0.phases[state] = phase } }
    }
}
