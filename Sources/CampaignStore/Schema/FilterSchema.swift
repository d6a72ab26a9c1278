/// What questions about one list or station add where no sums tell what is asked.
///
/// Released migrations are never edited; a change is a new migration.
enum FilterSchema {
    static let sql = """
        -- A list's attempts by area.
        CREATE INDEX attempts_list ON attempts (list_id, area_id, intended_at);

        -- A station's attempts in the order of their times.
        CREATE INDEX attempts_station ON attempts (station, intended_at);
        """
}
