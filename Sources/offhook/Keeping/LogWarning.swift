import CampaignStore

/// What `offhook check` says of the database's log.
enum LogWarning {
    /// A warning where it is too large; nil otherwise.
    static func text(of log: WriteAheadLog) -> String? {
        log.isLarge ? "warning: \(log.path) has grown to \(log.size). \(WriteAheadLog.remedy)" : nil
    }
}
