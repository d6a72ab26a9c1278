import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import ListImport
import PhoneNumbers

/// What an import tells of the places of its rows, whether it stored them or not: rows that say where a person is in a way that
/// cannot be read or that their number contradicts, and rows that the campaign's packs let nobody ever call.
public struct ImportPlaces: Sendable, Hashable {
    /// Rows of one kind.
    public struct Kind: Sendable, Hashable {
        /// What is the matter, in words.
        public var what: String
        public var rows: Int
        /// The first of them.
        public var firstLine: Int
        public var example: String
    }

    private var remarks: [String: Kind] = [:]
    private var barred: [String: Kind] = [:]

    /// Nothing seen yet.
    public init() {}

    /// Rows whose place cannot be read or is disputed, the largest number first.
    public var unsure: [Kind] { Self.sorted(remarks) }
    /// Rows that can never be called, by the reason, the largest number first.
    public var neverCallable: [Kind] { Self.sorted(barred) }

    /// A sentence for each kind, for people.
    public var sentences: [String] {
        neverCallable.map(Self.sentence)
            + unsure.map { "\(Self.rows($0)) (\(Self.place($0))): \($0.what)." }
    }

    /// A sentence for rows that can never be called.
    public static func sentence(_ kind: Kind) -> String {
        "\(rows(kind)) can never be called (\(place(kind))): \(kind.what)"
    }

    private static func rows(_ kind: Kind) -> String { kind.rows == 1 ? "1 row" : "\(kind.rows) rows" }

    private static func place(_ kind: Kind) -> String {
        "\(kind.rows == 1 ? "" : "the first in ")line \(kind.firstLine), \(kind.example)"
    }

    private static func sorted(_ kinds: [String: Kind]) -> [Kind] {
        kinds.values.sorted { ($1.rows, $0.what) < ($0.rows, $1.what) }
    }

    /// Takes in what rows that are contacts do not quite say of their place.
    mutating func add(_ rows: [ListRow]) {
        for case .contact(let contact) in rows where !contact.remarks.isEmpty {
            for remark in contact.remarks where remark.isOfPlace {
                remarks[
                    remark.category,
                    default: Kind(what: remark.category, rows: 0, firstLine: contact.line, example: remark.example)
                ].rows += 1
            }
        }
    }

    /// Takes in rows none of whose numbers a campaign may ever call.
    mutating func add(_ batch: PackedRows, lines: [Int], under shut: (Area) -> String?) {
        let problems = batch.areas.map(shut)
        guard problems.contains(where: { $0 != nil }) else { return }
        for found in batch.contacts(whereEveryArea: { problems[$0] != nil }) {
            guard let why = problems[found.area] else { continue }
            barred[
                why, default: Kind(what: why, rows: 0, firstLine: lines[found.row], example: found.number.e164)
            ].rows += 1
        }
    }

    /// Takes in another part of the same import, which comes behind this one.
    mutating func add(_ other: ImportPlaces) {
        remarks.merge(other.remarks, uniquingKeysWith: Self.joined)
        barred.merge(other.barred, uniquingKeysWith: Self.joined)
    }

    private static func joined(_ first: Kind, _ second: Kind) -> Kind {
        var both = first
        both.rows += second.rows
        return both
    }
}

/// Why a campaign's rules never let an area be called, each worked out once.
final class ShutAreas {
    private let rules: EligibilityRules
    private let now: Instant
    private var known: [Area: String?] = [:]

    init(_ rules: EligibilityRules, at now: Instant) {
        self.rules = rules
        self.now = now
    }

    /// Nil where its hours open within a year.
    func problem(of area: Area) -> String? {
        if let problem = known[area] { return problem }
        let hours = rules.hours(of: area)
        var problem = hours.problem?.text
        if problem == nil, hours.nextOpening(from: now, margin: rules.campaign.dial.ringTimeout) == nil {
            problem = "The hours of its time zones and of the campaign are never open together."
        }
        known[area] = .some(problem)
        return problem
    }
}
