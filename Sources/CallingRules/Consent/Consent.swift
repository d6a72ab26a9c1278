import Campaigns

/// What a contact's fields say of its consent, as the list gave it.
public struct Consent: Sendable, Hashable {
    /// The words that mean yes.
    static let yes: Set<String> = ["yes", "y", "true", "1", "given", "granted", "ja", "oui", "si", "sí"]

    /// The field that says whether it was given; nil where the list has no such field.
    public var answer: String?
    /// The field with its date.
    public var date: String?
    /// The field that names the proof.
    public var proof: String?

    /// Consent from its parts.
    public init(answer: String? = nil, date: String? = nil, proof: String? = nil) {
        self.answer = answer
        self.date = date
        self.proof = proof
    }

    /// Consent from a contact's fields, name and value, by the names that a campaign gives them.
    public init(fields: [[String]], settings: ConsentSettings) {
        let value = { (name: String) in Self.value(of: name, in: fields) }
        self.init(
            answer: value(settings.field), date: value(settings.dateField), proof: value(settings.proofField))
    }

    /// The day on which it was given, as days since 1970; nil where it has no date that can be read.
    public var day: Int64? { date.flatMap { CivilDate(String($0.prefix(10))) }?.daysSince1970 }

    /// Whether it allows a call: given, dated not in the future, proven, and not run out.
    ///
    /// - Parameter clocks: of every zone that the contact could be in. The day of the consent begins on the latest of them and its time
    ///   runs out on the earliest; without any, days are those of universal time.
    public func verdict(at instant: Instant, lasts: Duration?, clocks: [ZoneClock] = []) -> Verdict {
        let deny = { (text: String) in
            Verdict.denied(until: nil, [Reason(code: "consent", text: text)])
        }
        guard let answer else { return deny("Consent is required, and the contact's fields say nothing of it.") }
        guard Self.yes.contains(answer.lowercased()) else {
            return deny("Consent is required, and the contact's field says “\(answer)”.")
        }
        guard let date, let given = CivilDate(String(date.prefix(10))) else {
            return deny("Consent is required with its date (2026-03-01), and the contact has none that can be read.")
        }
        guard proof != nil else { return deny("Consent is required with its proof, and the contact has none.") }
        let universal = Instant(milliseconds: given.daysSince1970 * 86_400_000)
        let start = clocks.map { $0.instant(day: given.daysSince1970, minute: 0) }.max() ?? universal
        if start > instant {
            return .denied(
                until: start, [Reason(code: "consent", text: "The consent is dated \(given.text), which is to come.")])
        }
        if let lasts, Self.end(of: given, lasts, on: clocks) ?? universal + lasts <= instant {
            return deny("The consent of \(given.text) has run out after \(DurationText.spoken(lasts)).")
        }
        return .allowed
    }

    /// What tells it from other consents where a call is asked about at an instant or later: consents of one kind allow and deny
    /// alike from then on.
    public func kind(at instant: Instant, lasts: Duration?, clocks: [ZoneClock] = []) -> String {
        switch verdict(at: instant, lasts: lasts, clocks: clocks) {
        case .denied(until: nil, _): "none"
        case .allowed where lasts == nil: "given"
        // It begins or ends with its date.
        case .allowed, .denied: "of \(date?.prefix(10) ?? "")"
        }
    }

    /// When a consent runs out: whole days end at a midnight, whatever the clocks do in between; nil without a clock.
    private static func end(of given: CivilDate, _ lasts: Duration, on clocks: [ZoneClock]) -> Instant? {
        let (days, rest) = lasts.components.seconds.quotientAndRemainder(dividingBy: 86_400)
        return clocks.map { $0.instant(day: given.daysSince1970 + days, minute: 0) + .seconds(rest) }.min()
    }

    /// What a sentence with a person's own words begins with: from there on it is erased with the person.
    public static let sentenceStart = "Consent “"

    /// The facts, for the record of an attempt.
    public var sentence: String {
        guard let answer else { return "No consent is recorded." }
        return "\(Self.sentenceStart)\(answer)”, dated \(date ?? "never"), proof \(proof ?? "none")."
    }

    /// The value of a contact's field; nil where it has none, or an empty one.
    static func value(of name: String, in fields: [[String]]) -> String? {
        fields.first { $0.count == 2 && plain($0[0]) == plain(name) }.map { trimmed($0[1]) }
            .flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func plain(_ name: String) -> String {
        // Most names are plain already; the inventory asks this of every field of every contact.
        let isPlain = name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
        return isPlain
            ? name : String(trimmed(name).lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
    }

    private static func trimmed(_ text: String) -> String {
        var rest = Substring(text)
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
