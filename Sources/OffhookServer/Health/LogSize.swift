import CampaignStore

/// The database's log on the page of its health.
enum LogSize {
    static func element(_ log: WriteAheadLog) -> [String: Any] {
        ["size": log.size, "isLarge": log.isLarge, "remedy": WriteAheadLog.remedy]
    }
}
