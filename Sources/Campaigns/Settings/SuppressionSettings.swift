import PhoneNumbers

/// Which numbers a campaign dials.
public enum NumberPolicy: String, Sendable, CaseIterable, Hashable {
    /// Only those in a range that is known to be in use.
    case valid
    /// Those of the right length, too.
    case possible
}

/// Which do-not-call registries bind a campaign, or why none does.
public struct SuppressionSettings: Sendable, Hashable {
    /// The sources under which the registries' files are loaded, `offhook dnc import --source NAME`.
    public var registries: [String] = []
    /// Why no registry applies.
    public var noneBecause: String?
    /// How old a registry's file may be, 1 d to 365 d; nil: as the rule packs say, else ``defaultAge(region:)``.
    public var maxAge: Duration?

    /// Nothing is said.
    public init() {}

    /// Whether neither a registry is named nor a reason why none applies.
    public var isSilent: Bool { registries.isEmpty && noneBecause == nil }

    /// Whether one of the named sources looks like a state's own list: by the list's name, or with the state's letters as a word.
    ///
    /// - Parameters:
    ///   - registry: the list's name as its rule pack has it, such as `Texas No-Call List`.
    ///   - place: the state, such as `US-TX`; a source `us-tx` or `tx-no-call` is taken for its list.
    public func names(registry: String, of place: String) -> Bool {
        let state = place.split(separator: "-").last.map { $0.lowercased() } ?? ""
        let words = { (text: String) in text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init) }
        return registries.contains { words($0) == words(registry) || words($0).contains(state) }
    }

    /// How old a registry's file may be where neither the campaign nor a pack says it: 31 days in the United States (16 CFR
    /// 310.4(b)(3)(iv)) and Canada, 28 days in the United Kingdom (TPS), and the stricter of both elsewhere.
    public static func defaultAge(region: String) -> Duration {
        ["US", "CA"].contains(region) ? .seconds(31 * 86_400) : .seconds(28 * 86_400)
    }
}

extension Campaign {
    /// The age after which the library's knowledge of ranges is too old to refuse a number for.
    public static let oldestNumberData: Duration = .seconds(2 * 365 * 86_400)

    /// Whether numbers in no range that is known to be in use are dialled: as the file says, else only where what the
    /// installed library knows of ranges is older than two years.
    public func dialsPossibleNumbers(at now: Instant) -> Bool {
        if let numbers { return numbers == .possible }
        guard let known = NumberReader.rangesKnownSince else { return true }
        return now.since(Instant(known)) > Self.oldestNumberData
    }
}
