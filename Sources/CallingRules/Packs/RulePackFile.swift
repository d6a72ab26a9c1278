import Campaigns
import Yams

/// Reads a rule pack's file.
public enum RulePackFile {
    /// A pack that could not be read, and why.
    public struct Problem: Error, Sendable, CustomStringConvertible {
        /// One sentence.
        public let description: String
    }

    private struct File: Decodable {
        let pack: String
        let version: String
        let region: String
        let rules: [Entry]
    }

    private struct Entry: Decodable {
        let places: [String]
        let hours: [String: String]?
        let caps: [Cap]?
        let source: String
    }

    private struct Cap: Decodable {
        let attempts: Int
        let within: String
    }

    /// The pack in a text.
    ///
    /// - Throws: `Problem`, one sentence that names the file and the rule.
    public static func read(_ text: String, file: String) throws(Problem) -> RulePack {
        let content: File
        do {
            content = try YAMLDecoder().decode(File.self, from: text)
        } catch {
            throw Problem(description: "The rule pack \(file) cannot be read: \(error)")
        }
        var rules: [RulePack.Rule] = []
        for entry in content.rules {
            var spans: [Weekday: [Range<Int>]] = [:]
            for (days, hours) in entry.hours ?? [:] {
                guard let days = WeeklyWindows.days(days), let hours = WeeklyWindows.spans(hours) else {
                    throw Problem(description: "The rule pack \(file) has hours that cannot be read: \(days): \(hours)")
                }
                for day in days { spans[day] = hours }
            }
            var caps: [AttemptCap] = []
            for cap in entry.caps ?? [] {
                guard let within = DurationText.read(cap.within), cap.attempts > 0 else {
                    throw Problem(description: "The rule pack \(file) has a cap that cannot be read: \(cap.within)")
                }
                caps.append(AttemptCap(attempts: cap.attempts, within: within, source: entry.source))
            }
            for place in entry.places {
                guard !rules.contains(where: { $0.place == place }) else {
                    throw Problem(description: "The rule pack \(file) has two rules for \(place); join them")
                }
                rules.append(
                    RulePack.Rule(
                        place: place, windows: entry.hours == nil ? nil : WeeklyWindows(spans), caps: caps,
                        source: entry.source))
            }
        }
        return RulePack(name: content.pack, version: content.version, region: content.region, rules: rules)
    }
}
