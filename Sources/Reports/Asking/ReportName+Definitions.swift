extension ReportName {
    /// The definitions of this report's own columns; the shared ones are in ``ColumnDefinition/shared``.
    public var ownDefinitions: [ColumnDefinition] { [] }

    /// What a column says; nil where nobody has said it yet, which a test does not let pass.
    public func definition(of column: String) -> ColumnDefinition? {
        ownDefinitions.first { $0.column == column } ?? ColumnDefinition.shared.first { $0.column == column }
    }
}
