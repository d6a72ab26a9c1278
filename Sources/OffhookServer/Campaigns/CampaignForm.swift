import Campaigns
import Foundation

/// The form in which a campaign begins; it writes the file that the editor goes on with.
struct CampaignForm: Sendable {
    /// A disposition as it was typed.
    struct Word: Sendable {
        var code: String
        var label: String
        var dispositionClass: String
    }

    /// Rows for dispositions beside those that are filled in.
    static let freeRows = 3

    var name = ""
    var region = "US"
    var packs: [String] = []
    /// Sources of do-not-call registries, joined by commas.
    var registries = ""
    /// Why no registry applies.
    var noneBecause = ""
    var weekdays = (from: "", to: "")
    var saturday = (from: "", to: "")
    var sunday = (from: "", to: "")
    var mode = PacingSettings.Mode.progressive.rawValue
    var wrapUp = ""
    var noDisposition = PacingSettings.NoDisposition.pause.rawValue
    var callsPerMinute = ""
    var words: [Word] = Disposition.defaults.map {
        Word(code: $0.code, label: $0.label, dispositionClass: $0.dispositionClass.rawValue)
    }
    var script = ""

    /// The form as a browser shows it first.
    init() {}

    /// The form as a browser sent it.
    init(_ fields: FormFields) {
        name = fields.text("name") ?? ""
        region = fields.text("region") ?? ""
        packs = fields.all("pack")
        registries = fields.text("registries") ?? ""
        noneBecause = fields.text("none_because") ?? ""
        weekdays = (fields.text("weekdays_from") ?? "", fields.text("weekdays_to") ?? "")
        saturday = (fields.text("saturday_from") ?? "", fields.text("saturday_to") ?? "")
        sunday = (fields.text("sunday_from") ?? "", fields.text("sunday_to") ?? "")
        mode = fields.text("mode") ?? ""
        wrapUp = fields.text("wrap_up") ?? ""
        noDisposition = fields.text("no_disposition") ?? noDisposition
        callsPerMinute = fields.text("calls_per_minute") ?? ""
        let (codes, labels, classes) = (fields.all("code"), fields.all("label"), fields.all("class"))
        words = codes.indices.map { index in
            Word(
                code: codes[index], label: index < labels.count ? labels[index] : "",
                dispositionClass: index < classes.count ? classes[index] : "")
        }
        script = fields["script"] ?? ""
    }

    /// The campaign's file; what was left empty keeps its default.
    var yaml: String {
        var lines = ["campaign: \(Self.quoted(name))", "region: \(Self.quoted(region))"]
        var rules: [String] = []
        if packs.count == 1 { rules.append("pack: \(Self.quoted(packs[0]))") }
        if packs.count > 1 { rules.append("pack: [\(packs.map(Self.quoted).joined(separator: ", "))]") }
        let days = [("mon-fri", weekdays), ("sat", saturday), ("sun", sunday)].compactMap { day, hours in
            hours.from.isEmpty && hours.to.isEmpty ? nil : "\(day): \(Self.quoted("\(hours.from)-\(hours.to)"))"
        }
        if !days.isEmpty { rules.append("windows: { \(days.joined(separator: ", ")) }") }
        if !rules.isEmpty { lines.append("calling_rules: { \(rules.joined(separator: ", ")) }") }
        var suppression: [String] = []
        let names = registries.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter {
            !$0.isEmpty
        }
        if !names.isEmpty { suppression.append("registries: [\(names.map(Self.quoted).joined(separator: ", "))]") }
        if !noneBecause.isEmpty { suppression.append("none_because: \(Self.quoted(noneBecause))") }
        if !suppression.isEmpty { lines.append("suppression: { \(suppression.joined(separator: ", ")) }") }
        var pacing = ["mode: \(Self.quoted(mode))"]
        if !wrapUp.isEmpty { pacing.append("wrap_up: \(Self.quoted(wrapUp))") }
        if noDisposition != PacingSettings.NoDisposition.pause.rawValue {
            pacing.append("no_disposition: \(Self.quoted(noDisposition))")
        }
        if !callsPerMinute.isEmpty { pacing.append("calls_per_minute: \(Self.quoted(callsPerMinute))") }
        lines.append("pacing: { \(pacing.joined(separator: ", ")) }")
        let named = words.filter { !$0.code.allSatisfy(\.isWhitespace) }
        if !named.isEmpty { lines.append("dispositions:") }
        for word in named {
            let label = word.label.allSatisfy(\.isWhitespace) ? word.code : word.label
            lines.append(
                "  - { code: \(Self.quoted(word.code)), label: \(Self.quoted(label)), class: \(Self.quoted(word.dispositionClass)) }"
            )
        }
        if !script.allSatisfy(\.isWhitespace) { lines.append("script: script.md") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A text that YAML takes for nothing else; plain words and numbers stay as a person would write them.
    private static func quoted(_ text: String) -> String {
        let isPlain = text.first?.isLetter == true || text.allSatisfy(\.isNumber)
        let isWord =
            !text.isEmpty && isPlain
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
        let speaks = ["yes", "no", "true", "false", "on", "off", "null", "y", "n"].contains(text.lowercased())
        if isWord, !speaks { return text }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            .replacing("\r", with: "").replacing("\t", with: "\\t")
        return "\"\(escaped)\""
    }
}
