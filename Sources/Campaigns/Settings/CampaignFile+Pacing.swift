import Yams

extension CampaignFile {
    static func readPacing(_ pacing: YAMLMapping, into settings: inout PacingSettings) {
        if let mode = pacing.choice("mode", as: PacingSettings.Mode.self) { settings.mode = mode }
        if pacing.node("wrap_up")?.scalar?.string == "until_disposed" {
            settings.wrapUpUntilDisposed = true
        } else if let wrapUp = pacing.duration("wrap_up", in: .zero ... .seconds(3600)) {
            settings.wrapUp = wrapUp
        }
        if let limit = pacing.duration("wrap_up_limit", in: .seconds(60) ... .seconds(4 * 3600)) {
            settings.wrapUpLimit = limit
        }
        if let answer = pacing.choice("no_disposition", as: PacingSettings.NoDisposition.self) {
            settings.noDisposition = answer
        }
        if let limit = pacing.duration("preview_limit", in: .seconds(5) ... .seconds(3600)) {
            settings.previewLimit = limit
        }
        if let rest = pacing.duration("skip_rest", in: .zero ... .seconds(30 * 86_400)) { settings.skipRest = rest }
        if let gap = pacing.duration("station_gap", in: .zero ... .seconds(3600)) { settings.stationGap = gap }
        settings.callsPerMinute = pacing.integer("calls_per_minute", in: 1...100_000)
        settings.callsPerHour = pacing.integer("calls_per_hour", in: 1...1_000_000)
        settings.maxConcurrent = pacing.integer("max_concurrent", in: 1...100_000)
        pacing.finish()
    }

    static func readSharing(_ root: YAMLMapping, into campaign: inout Campaign) {
        if let stations = names("stations", root) { campaign.stations = stations }
        if let priority = root.integer("priority", in: -1000...1000) { campaign.priority = priority }
        if let weight = root.integer("weight", in: 1...1000) { campaign.weight = weight }
        if let reasons = names("pause_reasons", root) { campaign.pauseReasons = reasons }
        guard let trunks = root.mapping("trunks") else { return }
        for name in trunks.keys {
            if let limit = trunks.integer(name, in: 1...10_000) { campaign.trunks[name] = limit }
        }
        trunks.finish()
    }
}
