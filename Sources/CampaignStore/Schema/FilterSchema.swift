/// What questions about one list or station add where no sums tell what is asked, and those about refusals.
///
/// Released migrations are never edited; a change is a new migration.
enum FilterSchema {
    static let sql = """
        -- A list's attempts in the order of their times, and where they went.
        CREATE INDEX attempts_list ON attempts (list_id, intended_at, area_id);

        -- A station's attempts in the order of their times.
        CREATE INDEX attempts_station ON attempts (station, intended_at);

        -- Calls in which the person refused, by contact and by number.
        CREATE INDEX attempts_refused ON attempts (contact_id, intended_at) WHERE \(PastCallReader.refusal);
        CREATE INDEX attempts_refused_number ON attempts (number, intended_at, contact_id) WHERE \(PastCallReader.refusal);
        """
}
