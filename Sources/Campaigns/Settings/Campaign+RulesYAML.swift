extension Campaign {
    /// What decides when a number may be called.
    var ruleLines: [String] {
        var lines = ["calling_rules:"]
        if callingRules.isPackChosen { lines.append("  pack: \(Self.list(callingRules.packs))") }
        if !callingRules.purposes.isEmpty { lines.append("  purpose: \(Self.list(callingRules.purposes))") }
        lines.append("  automated: \(callingRules.isAutomated)")
        if let reason = callingRules.notAutomatedBecause {
            lines.append("  not_automated_because: \(Self.quoted(reason))")
        }
        switch callingRules.timeZone {
        case .contact: lines.append("  time_zone: contact")
        case .fixed(let zone): lines.append("  time_zone: \(zone)")
        }
        if let windows = callingRules.windows {
            let entries = windows.entries.map { "\($0.days): \(Self.quoted($0.hours))" }
            lines.append("  windows: { \(entries.joined(separator: ", ")) }")
        }
        let age = callingRules.packAge
        lines.append(
            "  pack_age: { warn: \(DurationText.write(age.warn)), stop: \(DurationText.write(age.stop)) }")
        let limits = caps.map(CapKeys.text) + silences.map(CapKeys.text)
        lines.append(limits.isEmpty ? "caps: []" : "caps:")
        lines += limits.map { "  - \($0)" }
        let days = holidays.map { "  - { day: \(Self.quoted($0.text)), name: \(Self.quoted($0.name)) }" }
        lines.append(days.isEmpty ? "holidays: []" : "holidays:")
        lines += days
        let lasts = consent.lasts.map { ", lasts: \(DurationText.write($0))" } ?? ""
        lines.append(
            "consent: { required: \(consent.isRequired), field: \(Self.quoted(consent.field)), "
                + "date_field: \(Self.quoted(consent.dateField)), proof_field: \(Self.quoted(consent.proofField))\(lasts) }"
        )
        lines.append(
            "relationship: { purchase_field: \(Self.quoted(relationship.purchaseField)), "
                + "inquiry_field: \(Self.quoted(relationship.inquiryField)) }")
        return lines
    }

    /// How fast it dials, where, and when it stops itself.
    var pacingLines: [String] {
        var lines = ["pacing:", "  mode: \(pacing.mode.rawValue)"]
        lines.append("  wrap_up: \(pacing.wrapUpUntilDisposed ? "until_disposed" : DurationText.write(pacing.wrapUp))")
        lines.append("  wrap_up_limit: \(DurationText.write(pacing.wrapUpLimit))")
        lines.append("  no_disposition: \(pacing.noDisposition.rawValue)")
        lines.append("  preview_limit: \(DurationText.write(pacing.previewLimit))")
        lines.append("  skip_rest: \(DurationText.write(pacing.skipRest))")
        lines.append("  station_gap: \(DurationText.write(pacing.stationGap))")
        if let limit = pacing.callsPerMinute { lines.append("  calls_per_minute: \(limit)") }
        if let limit = pacing.callsPerHour { lines.append("  calls_per_hour: \(limit)") }
        if let limit = pacing.maxConcurrent { lines.append("  max_concurrent: \(limit)") }
        let brake = { (limit: BrakeSettings.Limit?) in
            limit.map { "{ share: \($0.share), over: \($0.over) }" } ?? "off"
        }
        lines.append("brakes:")
        lines.append("  agent_absent: \(brake(brakes.agentAbsent))")
        lines.append("  failed_fast: \(brake(brakes.failedFast))")
        let limits = trunks.sorted { $0.key < $1.key }.map { "\(Self.quoted($0.key)): \($0.value)" }
        lines.append("trunks: { \(limits.joined(separator: ", ")) }")
        if !stations.isEmpty { lines.append("stations: \(Self.list(stations))") }
        lines.append("priority: \(priority)")
        lines.append("weight: \(weight)")
        lines.append("pause_reasons: \(Self.list(pauseReasons))")
        return lines
    }

    /// What follows an outcome, and how callbacks are kept.
    var retryLines: [String] {
        var lines = ["retry:"]
        for outcome in RetrySettings.settableOutcomes {
            if let rule = retry.outcomes[outcome] { lines.append("  \(outcome.rawValue): \(CampaignFile.text(rule))") }
        }
        lines.append("  dispositions:")
        for dispositionClass in RetrySettings.settableClasses {
            if let rule = retry.rule(for: dispositionClass) {
                lines.append("    \(dispositionClass.rawValue): \(CampaignFile.text(rule))")
            }
        }
        lines.append("  total_attempts: \(retry.totalAttempts)")
        lines.append("  order: \(retry.order.rawValue)")
        lines.append(
            "callbacks: { grace: \(DurationText.write(callbacks.grace)), after: \(DurationText.write(callbacks.after)) }"
        )
        return lines
    }

    private static func list(_ names: [String]) -> String {
        names.count == 1 ? quoted(names[0]) : "[\(names.map(quoted).joined(separator: ", "))]"
    }
}
