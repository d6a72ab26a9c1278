/// What tells by which time zone data a call was allowed.
///
/// Released migrations are never edited; a change is a new migration.
enum ZoneSchema {
    static let sql = """
        -- The release of the IANA time zone data by which the hours were judged, such as 2026f; NULL for calls of earlier versions.
        ALTER TABLE attempts ADD COLUMN zone_data TEXT;
        """
}
