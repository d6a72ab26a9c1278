import Campaigns
import Eligibility
import GRDB
import PhoneNumbers

/// Counts the contacts of campaigns by what tells them apart, within one read.
///
/// First all are counted from indexes alone; then those that their past may hold back are taken out again, and handed over one
/// by one.
struct InventoryReader {
    /// What contacts of a group have in common.
    struct Key: Hashable {
        var campaign: Int64
        var state: ContactState
        /// 0 where it has no number to be called.
        var area: Int64
        var isPaused: Bool
        var isUsedUp: Bool
        var parkedBecause: String?
        /// What the rules read in its fields; nil where they read none.
        var fields: String?
    }

    /// The contacts of a group.
    struct Members {
        /// The one whose facts speak for all.
        var first: Int64
        /// How many are due.
        var due = 0
        /// When the others are, in milliseconds.
        var later: [Int64] = []
        /// Those of the latter that were handed over one by one.
        var taken: [Int64] = []
    }

    private struct Question {
        var asked: InventoryQuestion
        /// Its lists, whether each is paused, and whether a contact of it may state something that rules read.
        var lists: [(id: Int64, isPaused: Bool, mayState: Bool)]
        var registries: [String: Instant]
    }

    let database: Database
    let now: Instant
    private let questions: [Int64: Question]
    private let areas: [Int64: Area]
    /// Where rules read the fields of contacts, and what.
    private var readings: [Place: InventoryQuestion.FieldReading] = [:]
    /// What is read there of contacts that state nothing, where lists tell who they are.
    private var silent: [Place: String] = [:]
    private(set) var groups: [Key: Members] = [:]

    init(_ database: Database, _ questions: [InventoryQuestion], at now: Instant) throws {
        self.database = database
        self.now = now
        areas = Dictionary(
            uniqueKeysWithValues: try Row.fetchAll(database, sql: "SELECT * FROM areas").map {
                ($0["id"], Areas.area($0))
            })
        let lists = Dictionary(
            grouping: try Row.fetchAll(database, sql: "SELECT id, campaign_id, state, may_state FROM lists ORDER BY id")
        ) { $0["campaign_id"] as Int64 }
        self.questions = Dictionary(
            uniqueKeysWithValues: try questions.map { question in
                let campaign = question.campaign.value
                let own = lists[campaign] ?? []
                return (
                    campaign,
                    Question(
                        asked: question, lists: own.map { ($0["id"], $0["state"] != "active", $0["may_state"]) },
                        registries: try SuppressionSources.loaded(campaign: campaign, database))
                )
            })
    }

    // MARK: Counting

    /// Nothing that happened to them matters any more: one group for each of the two states.
    func countFinished(_ body: (CampaignID, InventoryGroup) throws -> Void) throws {
        let count = try BulkStatement(database, InventorySQL.finished)
        let one = try BulkStatement(database, InventorySQL.oneFinished)
        for question in inOrder {
            for state in [ContactState.done, .exhausted] {
                var contacts = 0
                var first: Int64 = 0
                for list in question.lists {
                    for statement in [count, one] {
                        statement.bind(list.id, at: 1)
                        statement.bind(state.rawValue, at: 2)
                    }
                    contacts += Int(try count.first() ?? 0)
                    first = try one.first() ?? first
                }
                guard contacts > 0, let facts = try facts(of: first, in: question.asked.campaign.value, withPast: false)
                else { continue }
                try body(question.asked.campaign, InventoryGroup(facts: facts, contacts: contacts))
            }
        }
    }

    /// Those that are fresh, by list and area.
    mutating func countFresh() throws {
        let count = try BulkStatement(database, InventorySQL.fresh)
        let one = try BulkStatement(database, InventorySQL.oneFresh)
        for question in inOrder {
            for list in question.lists {
                count.bind(list.id, at: 1)
                try count.forEach { row in
                    // An area that is NULL reads as 0.
                    let key = Key(
                        campaign: question.asked.campaign.value, state: .ready, area: row[0], isPaused: list.isPaused,
                        isUsedUp: false)
                    if groups[key] == nil {
                        one.bind(list.id, at: 1)
                        one.bind(row[0] == 0 ? nil : row[0], at: 2)
                        groups[key] = Members(first: try one.first() ?? 0)
                    }
                    groups[key]?.due += Int(row[1])
                }
            }
        }
    }

    /// All others that wait, are in a call, or may not be called.
    mutating func countWaiting() throws {
        let waiting = try BulkStatement(database, InventorySQL.waiting)
        let now = now.milliseconds
        for question in inOrder {
            for list in question.lists {
                for state in ContactState.allCases where !state.isFinished {
                    waiting.bind(list.id, at: 1)
                    waiting.bind(state.rawValue, at: 2)
                    var key = Key(
                        campaign: question.asked.campaign.value, state: state, area: -1, isPaused: list.isPaused,
                        isUsedUp: false)
                    // Rows come in the order of areas: what belongs together is put down at once.
                    var members = Members(first: 0)
                    try waiting.forEach { row in
                        let (area, due, id) = (row[0], row[1], row[3])
                        let isUsedUp = row[2] >= question.asked.totalAttempts
                        let isParked = due == Parking.never
                        if area != key.area || isUsedUp != key.isUsedUp || isParked || key.parkedBecause != nil {
                            add(members, to: key)
                            key.area = area
                            key.isUsedUp = isUsedUp
                            key.parkedBecause = isParked ? try parkedBecause(id) : nil
                            members = Members(first: id)
                        }
                        if due == 0, state == .ready {
                            // It stands among those that are fresh as well.
                            guard isUsedUp else { return }
                            var fresh = key
                            fresh.isUsedUp = false
                            groups[fresh]?.due -= 1
                        }
                        if due <= now || isParked { members.due += 1 } else { members.later.append(due) }
                    }
                    add(members, to: key)
                }
            }
        }
    }

    private mutating func add(_ members: Members, to key: Key) {
        guard members.due > 0 || !members.later.isEmpty else { return }
        groups[key, default: Members(first: members.first)].due += members.due
        groups[key]?.later += members.later
    }

    private func parkedBecause(_ contact: Int64) throws -> String {
        try String.fetchOne(
            database.cachedStatement(sql: "SELECT reason FROM contacts WHERE id = ?"), arguments: [contact])
            ?? Parking.noReason
    }

    /// Puts those whose fields the rules read into groups anew: each is looked at, but only to see what the rules read, and none of a
    /// list in which nobody states anything.
    mutating func tellFieldsApart() throws {
        for place in Set(groups.keys.map { Place(campaign: $0.campaign, area: $0.area) }) {
            guard let reading = questions[place.campaign]?.asked.needs(areas[place.area]).fields else { continue }
            readings[place] = reading
            silent[place] = reading.ofSilent
        }
        guard !readings.isEmpty else { return }
        for (key, members) in groups {
            let place = Place(campaign: key.campaign, area: key.area)
            guard readings[place] != nil else { continue }
            groups[key] = nil
            guard let text = silent[place] else { continue }
            var plain = key
            plain.fields = text
            groups[plain] = members
        }
        let find = try database.cachedStatement(sql: InventorySQL.contact)
        for place in readings.keys {
            for contact in try contacts(of: place, whoMayState: silent[place] != nil) {
                guard let row = try Row.fetchOne(find, arguments: [contact]), let key = key(of: row) else { continue }
                if let text = silent[place] {
                    guard key.fields != text else { continue }
                    var plain = key
                    plain.fields = text
                    take(row["due_at"], outOf: plain)
                }
                let due: Int64 = row["due_at"]
                var members = groups[key] ?? Members(first: contact)
                if isDue(due) { members.due += 1 } else { members.later.append(due) }
                groups[key] = members
            }
        }
    }

    private mutating func take(_ due: Int64, outOf key: Key) {
        if isDue(due) { groups[key]?.due -= 1 } else { groups[key]?.taken.append(due) }
    }

    /// What is parked counts as due: the rules are asked of it now.
    private func isDue(_ due: Int64) -> Bool { due <= now.milliseconds || due == Parking.never }

    // MARK: One by one

    /// Contacts that a rule may tell from others of their group: by their calls, or by those to contacts that share a number. Some
    /// of them may be finished, or of other campaigns.
    func mayBeHeldBack() throws -> [Int64] {
        let reach = try CallReach(database)
        var found = Set(try reach.contacts(BulkStatement(database, InventorySQL.open)).keys)
        var places: [InventoryQuestion.Remembered: Set<Place>] = [:]
        var waiting: [Place: Int] = [:]
        for (key, members) in groups {
            let place = Place(campaign: key.campaign, area: key.area)
            waiting[place, default: 0] += members.due + members.later.count
        }
        for place in waiting.keys {
            guard let question = questions[place.campaign] else { continue }
            let needs = question.asked.needs(areas[place.area])
            for remembered in needs.remembered { places[remembered, default: []].insert(place) }
        }
        for (remembered, places) in places {
            let contacts = places.reduce(0) { $0 + (waiting[$1] ?? 0) }
            try found.formUnion(called(remembered, in: places, contacts: contacts, reach))
        }
        return found.sorted()
    }

    /// Contacts of an area of a campaign.
    private struct Place: Hashable {
        var campaign: Int64
        var area: Int64
    }

    /// - Parameter mayState: whether lists are left out in which nobody states anything.
    private func contacts(of place: Place, whoMayState mayState: Bool = false) throws -> [Int64] {
        let find = try BulkStatement(database, InventorySQL.inArea)
        var found: [Int64] = []
        for list in questions[place.campaign]?.lists ?? [] where list.mayState || !mayState {
            find.bind(list.id, at: 1)
            find.bind(place.area, at: 2)
            try find.forEach { found.append($0[0]) }
        }
        return found
    }

    /// Contacts with as many calls as a rule remembers, from the calls or from the contacts, whichever are fewer.
    ///
    /// May name more than there are, never fewer: their own facts decide.
    private func called(
        _ remembered: InventoryQuestion.Remembered, in places: Set<Place>, contacts: Int, _ reach: CallReach
    ) throws -> [Int64] {
        // A cap counts from when a call was placed; a silence begins when it ends.
        let slack: Duration = remembered.calls == .all ? .zero : .seconds(86_400)
        let since = remembered.within.map { now - $0 - slack } ?? Instant(milliseconds: 0)
        let calls =
            try Int.fetchOne(
                database, sql: "SELECT count(*) FROM (SELECT 1 FROM attempts WHERE intended_at > ? LIMIT ?)",
                arguments: [since.milliseconds, contacts * 3]) ?? 0
        if calls < contacts * 3 {
            let counted = try BulkStatement(database, InventorySQL.calls(remembered.calls))
            counted.bind(since.milliseconds, at: 1)
            return try reach.contacts(counted).filter { $0.value >= remembered.limit }.map(\.key)
        }
        let isCalledOften = try BulkStatement(database, InventorySQL.isCalledOften(remembered.calls))
        isCalledOften.bind(since.milliseconds, at: 2)
        isCalledOften.bind(Int64(remembered.limit), at: 3)
        // In the order of contacts, whose numbers and calls stand side by side in the file.
        return try places.flatMap { try self.contacts(of: $0) }.sorted().filter { contact in
            isCalledOften.bind(contact, at: 1)
            return try isCalledOften.first() == 1
        }
    }

    /// Hands over contacts one by one, and takes them out of their groups.
    mutating func handSingles(_ contacts: [Int64], _ body: (CampaignID, InventoryGroup) throws -> Void) throws {
        let find = try database.cachedStatement(sql: InventorySQL.contact)
        for contact in contacts {
            guard let row = try Row.fetchOne(find, arguments: [contact]), let key = key(of: row),
                let facts = try facts(of: contact, in: key.campaign, withPast: true)
            else { continue }
            take(row["due_at"], outOf: key)
            try body(CampaignID(key.campaign), group(facts, contacts: 1))
        }
    }

    private func key(of row: Row) -> Key? {
        let campaign: Int64 = row["campaign_id"]
        let list: Int64 = row["list_id"]
        guard let question = questions[campaign], let state = ContactState(rawValue: row["state"]), !state.isFinished,
            let isPaused = question.lists.first(where: { $0.id == list })?.isPaused
        else { return nil }
        let due: Int64 = row["due_at"]
        return Key(
            campaign: campaign, state: state, area: row["next_area_id"] ?? 0, isPaused: isPaused,
            isUsedUp: row["attempts_made"] as Int >= question.asked.totalAttempts,
            parkedBecause: due == Parking.never ? row["reason"] ?? Parking.noReason : nil,
            fields: readings[Place(campaign: campaign, area: row["next_area_id"] ?? 0)]?.read(
                FactsReader.fields(row["fields"]), (row["number"] as Int64?).flatMap(PhoneNumber.init(digits:))))
    }

    // MARK: Groups

    /// Hands over what is left of the groups.
    func handGroups(_ body: (CampaignID, InventoryGroup) throws -> Void) throws {
        for (key, members) in groups {
            let dues = members.later.sorted().without(members.taken.sorted())
            guard members.due > 0 || !dues.isEmpty,
                var facts = try facts(of: members.first, in: key.campaign, withPast: false)
            else { continue }
            facts.notBefore = nil
            // The one whose facts speak for all may itself state something, and be counted apart.
            if let text = key.fields, text == silent[Place(campaign: key.campaign, area: key.area)] {
                facts.fields = []
            }
            if !key.isUsedUp, let total = questions[key.campaign]?.asked.totalAttempts {
                facts.totalAttempts = min(facts.totalAttempts, total - 1)
            }
            let group = group(facts, contacts: members.due)
            if members.due > 0 { try body(CampaignID(key.campaign), group) }
            guard !dues.isEmpty else { continue }
            try body(
                CampaignID(key.campaign),
                InventoryGroup(
                    facts: group.facts, contacts: dues.count, dues: dues.map(Instant.init(milliseconds:)),
                    parkedBecause: group.parkedBecause))
        }
    }

    /// What the rules say of a contact now is told first, where they say anything; that it is parked, only where they do not.
    private func group(_ facts: EligibilityFacts, contacts: Int) -> InventoryGroup {
        var facts = facts
        let parked = facts.parkedBecause
        facts.parkedBecause = nil
        return InventoryGroup(facts: facts, contacts: contacts, parkedBecause: parked)
    }

    private func facts(of contact: Int64, in campaign: Int64, withPast: Bool) throws -> EligibilityFacts? {
        let number = try Int64.fetchOne(
            database.cachedStatement(sql: InventorySQL.number), arguments: [contact])
        return try number.flatMap {
            try FactsReader.facts(
                contact: contact, numberID: $0, at: now, withPast: withPast,
                registries: questions[campaign]?.registries,
                database)
        }
    }

    private var inOrder: [Question] { questions.sorted { $0.key < $1.key }.map(\.value) }
}

extension [Int64] {
    /// Without one of each of others; both in order.
    fileprivate func without(_ others: [Int64]) -> [Int64] {
        guard !others.isEmpty else { return self }
        var left: [Int64] = []
        var other = others.startIndex
        for value in self {
            if other < others.endIndex, others[other] == value { other += 1 } else { left.append(value) }
        }
        return left
    }
}
