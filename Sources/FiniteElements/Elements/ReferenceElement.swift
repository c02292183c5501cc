/// A quadrature rule with the bases of all components tabulated at its points.
public struct ReferenceElement: Sendable {
    /// The rule.
    public let rule: ReferenceRule
    /// One table for each degree in use.
    public let tables: [BasisTable]

    /// Tabulates the bases of the given degrees.
    public init(rule: ReferenceRule, orders: [LagrangeOrder]) {
        self.rule = rule
        tables = orders.map { BasisTable(order: $0, rule: rule) }
    }
}
