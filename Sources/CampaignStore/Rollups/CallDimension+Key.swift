extension CallDimension {
    /// The column that it has in rollups, and what it is of an attempt `t`; nil for the quarter hour, which is their time.
    ///
    /// 0, '' and -1 stand for what an attempt does not have.
    var key: CallRollup.Key? {
        switch self {
        case .campaign: CallRollup.Key("campaign_id", "INTEGER", "coalesce(t.campaign_id, 0)")
        case .list: CallRollup.Key("list_id", "INTEGER", "coalesce(t.list_id, 0)")
        case .pass: CallRollup.Key("pass", "INTEGER", "min(t.pass, 20)")
        case .agent: CallRollup.Key("agent", "TEXT", "coalesce(t.agent, '')")
        case .station: CallRollup.Key("station", "TEXT", "t.station")
        case .area: CallRollup.Key("area_id", "INTEGER", "coalesce(t.area_id, 0)")
        case .localHour: CallRollup.Key("local_hour", "INTEGER", "coalesce(t.local_minute_of_week / 60, -1)")
        case .quarterHour: nil
        }
    }
}
