import PhoneNumbers
import Yams

/// Reads `campaign.yaml`.
public enum CampaignFile {
    /// Keys that later versions will give a meaning; until then they are refused, so that nobody relies on them.
    static let reserved: Set<String> = [
        "lists", "webhooks", "account",
    ]

    /// A campaign from the text of its file.
    ///
    /// - Parameter file: the file's name, for the messages.
    /// - Throws: `FileProblems` with every mistake at once.
    public static func read(_ text: String, file: String) throws(FileProblems) -> Campaign {
        let document = YAMLDocument(file: file)
        guard let root = document.root(of: text) else { throw FileProblems(document.problems) }
        let name = root.required("campaign") ?? ""
        if !name.isEmpty, !isName(name) {
            root.report(
                "“campaign” must be 1 to 64 letters, digits, hyphens or underscores, not “\(name)”", at: "campaign")
        }
        let region = (root.required("region") ?? "US").uppercased()
        if let problem = RegionCode.problem(region) { root.report(problem, at: "region") }
        var campaign = Campaign(name: name, region: region)
        if let dial = root.mapping("dial") { readDial(dial, into: &campaign.dial) }
        if let rules = root.mapping("calling_rules") { readRules(rules, into: &campaign.callingRules) }
        if let pacing = root.mapping("pacing") { readPacing(pacing, into: &campaign.pacing) }
        if let retry = root.mapping("retry") { readRetry(retry, into: &campaign.retry) }
        if let list = root.sequence("dispositions") { campaign.dispositions = readDispositions(list, document) }
        campaign.script = root.string("script")
        campaign.numbers = root.choice("numbers", as: NumberPolicy.self)
        if let suppression = root.mapping("suppression") { readSuppression(suppression, into: &campaign.suppression) }
        if let mapping = root.mapping("mapping") {
            for column in mapping.keys {
                if let field = mapping.string(column) { campaign.mapping[column] = field }
            }
        }
        readLimits(root, document, into: &campaign)
        readSharing(root, into: &campaign)
        readRetention(root, into: &campaign.retention)
        root.finish(reserved: reserved)
        try document.throwIfAny()
        return campaign
    }

    /// Whether a text can be a campaign's name.
    public static func isName(_ text: String) -> Bool {
        (1...64).contains(text.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
    }

    private static func readDial(_ dial: YAMLMapping, into settings: inout DialSettings) {
        if let timeout = dial.duration("ring_timeout", in: DialSettings.ringFloor ... .seconds(120)) {
            settings.ringTimeout = timeout
        }
        settings.plan = DialPlanKeys.read(dial)
        settings.dialsExtensions = dial.bool("extensions") ?? false
        dial.finish()
    }

    private static func readSuppression(_ mapping: YAMLMapping, into settings: inout SuppressionSettings) {
        settings.registries = mapping.strings("registries") ?? []
        settings.noneBecause = mapping.string("none_because")
        settings.maxAge = mapping.duration("max_age", in: .seconds(86_400) ... .seconds(365 * 86_400))
        if settings.registries.isEmpty == (settings.noneBecause == nil) {
            mapping.report(
                "“suppression” must name “registries”, or say in “none_because” why none applies; not both",
                at: "registries")
        }
        mapping.finish()
    }

    private static func readDispositions(_ nodes: [Node], _ document: YAMLDocument) -> [Disposition] {
        var result: [Disposition] = []
        var codes: Set<String> = []
        for node in nodes {
            guard let mapping = document.mapping(node, what: "a disposition") else { continue }
            let code = mapping.required("code")
            let label = mapping.string("label")
            if mapping.node("class") == nil { mapping.report("a disposition needs the key “class”", at: "class") }
            let dispositionClass = mapping.choice("class", as: DispositionClass.self)
            mapping.finish()
            guard let code, let dispositionClass else { continue }
            if !codes.insert(code).inserted {
                mapping.report("the disposition code “\(code)” stands twice", at: "code")
            }
            result.append(Disposition(code: code, label: label ?? code, dispositionClass: dispositionClass))
        }
        return result
    }
}

/// The keys of a dial plan, wherever they stand.
enum DialPlanKeys {
    static func read(_ mapping: YAMLMapping) -> DialPlanOverride {
        let format = mapping.choice("format", as: DialPlan.Format.self)
        let region = mapping.string("region")?.uppercased()
        if let region, let problem = RegionCode.problem(region) { mapping.report(problem, at: "region") }
        let prefix = mapping.string("prefix")
        let plus = mapping.string("plus")
        for (key, value) in [("prefix", prefix), ("plus", plus)] {
            if let value, !value.allSatisfy({ "0123456789*#".contains($0) }) {
                mapping.report("“\(key)” may hold the keys 0-9, * and # only, not “\(value)”", at: key)
            }
        }
        return DialPlanOverride(format: format, region: region, prefix: prefix, plus: plus)
    }
}

/// Calling windows: a mapping of days to hours.
public enum WindowKeys {
    package static func read(_ mapping: YAMLMapping) -> WeeklyWindows {
        var spans: [Weekday: [Range<Int>]] = [:]
        for key in mapping.keys {
            guard let days = WeeklyWindows.days(key) else {
                _ = mapping.node(key)
                mapping.report("“\(key)” is no day or range of days; write mon, mon-fri, sat-sun or all", at: key)
                continue
            }
            guard let text = mapping.string(key) else { continue }
            guard let hours = WeeklyWindows.spans(text) else {
                mapping.report(
                    WeeklyWindows.overMidnight(text)
                        ?? "“\(text)” is no span of hours; write 09:00-20:00, or several joined by commas", at: key)
                continue
            }
            for day in days {
                if spans[day] != nil { mapping.report("\(day.shortName) is set twice in “windows”", at: key) }
                spans[day] = hours
            }
        }
        return WeeklyWindows(spans)
    }
}
