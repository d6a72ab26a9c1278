extension HourReport {
    /// What its columns and figures say.
    static let definitions: [ColumnDefinition] =
        [
            ColumnDefinition("weekday", "The day of the contact's own week; none where its clock was not known."),
            ColumnDefinition(
                "hour", "The hour of the contact's own day, from its beginning on: 09:00 is 09:00 to 10:00."),
        ] + CallFigures.definitions
}
