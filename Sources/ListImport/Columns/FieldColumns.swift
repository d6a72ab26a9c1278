/// The first column of each field that a row has once; nil where the list has none. Looked up once, for it is asked of every row.
struct FieldColumns {
    let name: Int?
    let firstName: Int?
    let lastName: Int?
    let externalID: Int?
    let priority: Int?
    let country: Int?
    let state: Int?
    let postalCode: Int?
    let timeZone: Int?

    init(_ mapping: ColumnMapping) {
        func first(_ field: ListField) -> Int? { mapping.columns.firstIndex { $0.field == field } }
        name = first(.name)
        firstName = first(.firstName)
        lastName = first(.lastName)
        externalID = first(.externalID)
        priority = first(.priority)
        country = first(.country)
        state = first(.state)
        postalCode = first(.postalCode)
        timeZone = first(.timeZone)
    }

    /// Whether a row can say where its person is.
    var hasPlaces: Bool { state != nil || postalCode != nil || timeZone != nil }
}
