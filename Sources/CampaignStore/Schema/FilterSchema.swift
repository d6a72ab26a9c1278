/// What questions about one list or station add where no sums tell what is asked.
///
/// Released migrations are never edited; a change is a new migration.
enum FilterSchema {
    static let sql = """
        -- A list's attempts in the order of their times, and where they went.
        CREATE INDEX attempts_list ON attempts (list_id, intended_at, area_id);

        -- A station's attempts in the order of their times.
        CREATE INDEX attempts_station ON attempts (station, intended_at);
        """
}
