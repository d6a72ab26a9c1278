import Yams

extension CampaignFile {
    static func readRules(_ rules: YAMLMapping, into settings: inout CallingRulesSettings) {
        if let packs = names("pack", rules) {
            settings.packs = packs
            settings.isPackChosen = true
        }
        if settings.packs.contains("none"), settings.packs.count > 1 {
            rules.report("“none” stands alone: take it out, or the other packs", at: "pack")
        }
        settings.purposes = names("purpose", rules) ?? []
        for problem in settings.purposes.compactMap(CallPurpose.problem) { rules.report(problem, at: "purpose") }
        settings.isAutomated = rules.bool("automated") ?? true
        settings.notAutomatedBecause = rules.string("not_automated_because")
        if settings.isAutomated == (settings.notAutomatedBecause != nil) {
            rules.report(
                "“automated: false” and “not_automated_because: TEXT” go together: say why no system selects or dials the "
                    + "numbers, or leave both out", at: settings.isAutomated ? "not_automated_because" : "automated")
        }
        if let zone = rules.string("time_zone"), zone != "contact" {
            settings.timeZone = .fixed(zone)
            if !isZoneName(zone) {
                rules.report(
                    "“time_zone” must be contact, UTC, or an IANA name such as America/New_York, not “\(zone)”: an offset or an "
                        + "abbreviation is wrong for half of the year", at: "time_zone")
            }
        }
        if let windows = rules.mapping("windows") { settings.windows = WindowKeys.read(windows) }
        if let age = rules.mapping("pack_age") {
            let range: ClosedRange<Duration> = .seconds(86_400) ... .seconds(3653 * 86_400)
            if let warn = age.duration("warn", in: range) { settings.packAge.warn = warn }
            if let stop = age.duration("stop", in: range) { settings.packAge.stop = stop }
            if settings.packAge.warn > settings.packAge.stop {
                age.report("“warn” must not be later than “stop”", at: "warn")
            }
            age.finish()
        }
        rules.finish()
    }

    /// Whether a text has the form of a place's zone. `GMT-0500`, `EST` and `Etc/GMT+5` are offsets by other names.
    private static func isZoneName(_ text: String) -> Bool {
        ["UTC", "Etc/UTC"].contains(text)
            || (text.contains("/") && !text.hasPrefix("Etc/") && !text.hasPrefix("SystemV/"))
    }

    /// One name, or a list of them. A name holds no comma, so a text with one was meant as a list.
    package static func names(_ key: String, _ mapping: YAMLMapping) -> [String]? {
        guard let node = mapping.node(key) else { return nil }
        if let text = node.scalar?.string {
            guard !text.contains(",") else {
                let parts = text.split(separator: ",").map { $0.split(separator: " ").joined(separator: " ") }
                mapping.report("“\(key)” is a list; write it as one: [\(parts.joined(separator: ", "))]", at: key)
                return nil
            }
            return [text]
        }
        let list = mapping.sequence(key) ?? []
        let texts = list.compactMap { $0.scalar?.string }
        if texts.count != list.count || texts.isEmpty {
            mapping.report("“\(key)” must be a name, or a list of names", at: key)
            return nil
        }
        return texts
    }

    static func readLimits(_ root: YAMLMapping, _ document: YAMLDocument, into campaign: inout Campaign) {
        if let caps = root.sequence("caps") {
            let limits = CapKeys.read(caps, document, source: "the campaign's caps")
            campaign.caps = limits.caps
            campaign.silences = limits.silences
        }
        if let days = root.sequence("holidays") { campaign.holidays = HolidayKeys.read(days, document) }
        readConsent(root, into: &campaign.consent)
        if let relationship = root.mapping("relationship") {
            if let field = relationship.string("purchase_field") { campaign.relationship.purchaseField = field }
            if let field = relationship.string("inquiry_field") { campaign.relationship.inquiryField = field }
            relationship.finish()
        }
        if let brakes = root.mapping("brakes") { readBrakes(brakes, into: &campaign.brakes) }
        if let callbacks = root.mapping("callbacks") {
            if let grace = callbacks.duration("grace", in: .zero ... .seconds(30 * 86_400)) {
                campaign.callbacks.grace = grace
            }
            if let after = callbacks.duration("after", in: .zero ... .seconds(365 * 86_400)) {
                campaign.callbacks.after = after
            }
            callbacks.finish()
        }
    }

    private static func readConsent(_ root: YAMLMapping, into consent: inout ConsentSettings) {
        guard let node = root.node("consent") else { return }
        if let word = node.scalar?.string {
            guard ["required", "none"].contains(word) else {
                return root.report("“consent” must be required, none, or a mapping, not “\(word)”", at: "consent")
            }
            consent.isRequired = word == "required"
            return
        }
        guard let mapping = root.mapping("consent") else { return }
        consent.isRequired = mapping.bool("required") ?? true
        if let field = mapping.string("field") { consent.field = field }
        if let field = mapping.string("date_field") { consent.dateField = field }
        if let field = mapping.string("proof_field") { consent.proofField = field }
        consent.lasts = mapping.duration("lasts", in: .seconds(86_400) ... .seconds(36_525 * 86_400))
        mapping.finish()
    }

    private static func readBrakes(_ mapping: YAMLMapping, into brakes: inout BrakeSettings) {
        brakes.agentAbsent = brake("agent_absent", mapping, default: brakes.agentAbsent)
        brakes.failedFast = brake("failed_fast", mapping, default: brakes.failedFast)
        mapping.finish()
    }

    private static func brake(
        _ key: String, _ mapping: YAMLMapping, default limit: BrakeSettings.Limit?
    ) -> BrakeSettings.Limit? {
        guard let node = mapping.node(key) else { return limit }
        if node.scalar?.string == "off" { return nil }
        guard let brake = mapping.mapping(key), var limit else { return limit }
        if let text = brake.string("share") {
            let number =
                text.hasSuffix("%") ? Double(text.dropLast().filter { $0 != " " }).map { $0 / 100 } : Double(text)
            if let number, (0...1).contains(number) {
                limit.share = number
            } else {
                brake.report("“share” must be a share such as 3% or 0.03, not “\(text)”", at: "share")
            }
        }
        if let over = brake.integer("over", in: 1...10_000) { limit.over = over }
        brake.finish()
        return limit
    }
}
