import CampaignStore
import Campaigns
import Hummingbird
import PhoneNumbers

/// The parameters of an address, read with a sentence for what cannot be taken.
struct QueryFields {
    private let request: Request

    init(_ request: Request) {
        self.request = request
    }

    /// A text; nil where it is missing or empty.
    func text(_ name: String) -> String? {
        let value = request.uri.queryParameters[Substring(name)].map(String.init)
        return value.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// All values of a parameter.
    func all(_ name: String) -> [String] {
        request.uri.queryParameters.getAll(name).filter { !$0.isEmpty }
    }

    /// A whole number in a range.
    ///
    /// - Throws: ``Problem`` 422.
    func integer(_ name: String, in range: ClosedRange<Int64>) throws -> Int64? {
        guard let text = text(name) else { return nil }
        guard let number = Int64(text), range.contains(number) else {
            throw Problem.invalid([name: "“\(name)” is a whole number from \(range.lowerBound) to \(range.upperBound)."]
            )
        }
        return number
    }

    /// An instant of ISO 8601 with its zone.
    ///
    /// - Throws: ``Problem`` 422.
    func instant(_ name: String) throws -> Instant? {
        guard let text = text(name) else { return nil }
        // A plus that was not encoded comes as a space.
        guard let instant = Instant(iso8601: text.replacing(" ", with: "+")) ?? Instant(iso8601: text) else {
            throw Problem.invalid([name: "“\(name)” is a time with its zone, such as 2026-03-08T14:00:00Z."])
        }
        return instant
    }

    /// One of some words.
    ///
    /// - Throws: ``Problem`` 422, with all words.
    func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, _ type: Choice.Type) throws -> Choice?
    where Choice.RawValue == String {
        guard let text = text(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem.invalid([name: "“\(name)” is one of \(words)."])
        }
        return choice
    }

    /// A phone number; a national one is read in the region.
    ///
    /// - Throws: ``Problem`` 422.
    func number(_ name: String, region: String = "US") throws -> PhoneNumber? {
        guard let text = text(name) else { return nil }
        switch NumberReader().read(text, region: region) {
        case .success(let reading): return reading.number
        case .failure(let problem): throw Problem.invalid([name: "“\(name)”: \(problem)"])
        }
    }

    /// A campaign by its name, that the identity may see.
    ///
    /// - Throws: ``Problem`` 404.
    func campaign(_ name: String, _ context: ServeContext, _ store: CampaignStore) throws -> StoredCampaign? {
        guard let text = text(name) else { return nil }
        return try context.campaign(named: text, store)
    }
}

extension ServeContext {
    /// The campaign in the place of `{campaign}` in the path, by its name or its number, that the identity may see.
    ///
    /// - Throws: ``Problem`` 404.
    func campaignInPath(_ store: CampaignStore) throws -> StoredCampaign {
        let text = try path("campaign")
        let all = try store.campaigns()
        let named = all.first { $0.campaign.name == text }
        guard let found = named ?? Int64(text).flatMap({ id in all.first { $0.id.value == id } }) else {
            return try campaign(named: text, store)
        }
        guard identity?.maySee(found.id) ?? false else { throw Problem.notFound("campaign “\(text.prefix(64))”") }
        return found
    }

    /// A campaign that the identity may see.
    ///
    /// - Throws: ``Problem`` 404, the same whether it is not there or not to be seen.
    func campaign(named name: String, _ store: CampaignStore) throws -> StoredCampaign {
        let campaign: StoredCampaign
        do {
            campaign = try store.campaign(named: name)
        } catch StoreError.notFound(let what, let name, let hint) {
            // The nearest name could be one that is not to be seen.
            let isLimited = identity?.user.campaigns != nil
            throw isLimited
                ? Problem.notFound("campaign “\(name)”") : StoreError.notFound(what: what, name: name, hint: hint)
        }
        guard identity?.maySee(campaign.id) ?? false else { throw Problem.notFound("campaign “\(name)”") }
        return campaign
    }
}

/// A list that is asked for piece by piece.
enum Paging {
    static let most: Int64 = 1000

    static let parameters: [Operation.Parameter] = [
        .init(
            "limit", "most items of the answer, 100 by default", type: "integer",
            details: ["minimum": 1, "maximum": .integer(most)], example: 50),
        .init("cursor", "where to go on: the “next” of the last answer"),
    ]

    static func limit(_ query: QueryFields) throws -> Int { Int(try query.integer("limit", in: 1...most) ?? 100) }

    /// The number that a cursor stands for.
    ///
    /// - Throws: ``Problem`` 422.
    static func cursor(_ query: QueryFields) throws -> Int64? { try query.integer("cursor", in: 0...Int64.max) }

    /// The cursor after a full piece; nil where nothing follows.
    static func next(_ count: Int, _ limit: Int, last: Int64?) -> String? {
        count < limit ? nil : last.map(String.init)
    }
}
