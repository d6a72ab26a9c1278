import CampaignStore
import Campaigns
import Hummingbird

/// What pages and the interface do to lists and imports, each written down in the audit log.
enum ListActs {
    /// Imports that are shown.
    static let shownImports = 500

    /// A list that may be seen.
    ///
    /// - Throws: ``Problem`` 404.
    static func list(_ id: Int64, _ parts: ServerParts, _ context: ServeContext) throws -> (
        campaign: CampaignID, name: String
    ) {
        let list = try parts.store.list(id)
        guard try context.known().maySee(list.campaign) else { throw Problem.notFound("list “\(id)”") }
        return list
    }

    /// Pauses or resumes a list and sets its priority, as far as the body says.
    ///
    /// - Throws: ``Problem`` 404 and 422.
    static func change(_ id: Int64, _ body: ListBody, _ parts: ServerParts, _ context: ServeContext) async throws {
        let (campaign, name) = try list(id, parts, context)
        if let priority = body.priority, !(-1000...1000).contains(priority) {
            throw Problem.invalid(["priority": "A priority is a whole number from -1000 to 1000."])
        }
        let words = [body.isPaused.map { $0 ? "paused" : "resumed" }, body.priority.map { "priority \($0)" }]
        try await parts.act(
            "list_changed", context, subject: "list \(id)", detail: words.compactMap { $0 }.joined(separator: ", ")
        ) {
            if let isPaused = body.isPaused {
                try parts.store.setList(name, of: campaign, paused: isPaused, at: parts.now())
            }
            if let priority = body.priority {
                try parts.store.setList(name, of: campaign, priority: priority, at: parts.now())
            }
        }
        await parts.standing.forget(campaign)
    }

    /// The newest imports that may be seen.
    static func imports(_ parts: ServerParts, _ context: ServeContext) throws -> [StoredImport] {
        let identity = try context.known()
        return try parts.store.imports(limit: shownImports).filter { identity.maySee($0.campaignID) }
    }

    /// The import whose number stands in the path.
    ///
    /// - Throws: ``Problem`` 404.
    static func storedImport(_ parts: ServerParts, _ context: ServeContext) throws -> StoredImport {
        let id = try context.number("import")
        let stored = try parts.store.storedImport(id)
        guard try context.known().maySee(stored.campaignID) else { throw Problem.notFound("import “\(id)”") }
        return stored
    }

    /// Takes the import in the path back.
    ///
    /// - Parameter withDoNotCall: whether its do-not-call entries go as well.
    /// - Returns: how many contacts and entries went.
    /// - Throws: ``Problem`` 404, 409, and 403 where entries hold in all campaigns and the person is limited to some.
    static func undo(
        withDoNotCall: Bool, _ parts: ServerParts, _ context: ServeContext
    ) async throws -> (contacts: Int, doNotCall: Int) {
        let stored = try storedImport(parts, context)
        if withDoNotCall, stored.doNotCall == .house, stored.counts.doNotCallEntries > 0 {
            try HouseList.removal.check(context)
        }
        let undone = try await parts.act(
            "import_undone", context, subject: "import \(stored.id)",
            detail: withDoNotCall ? "with its do-not-call entries" : ""
        ) {
            try await parts.longWork.run(within: nil, isEndable: false) {
                try parts.store.undoImport(stored.id, withDoNotCall: withDoNotCall, at: parts.now())
            }
        }
        await parts.standing.forget(stored.campaignID)
        return undone
    }

    /// Takes the do-not-call entries of the import in the path back, and nothing else.
    ///
    /// - Returns: how many.
    /// - Throws: ``Problem`` 404, and 403 where entries hold in all campaigns and the person is limited to some.
    static func takeBackWishes(_ parts: ServerParts, _ context: ServeContext) async throws -> Int {
        let stored = try storedImport(parts, context)
        if stored.doNotCall == .house { try HouseList.removal.check(context) }
        let taken = try await parts.act(
            "import_wishes_taken_back", context, subject: "import \(stored.id)",
            detail: "\(stored.counts.doNotCallEntries) entries"
        ) {
            try await parts.longWork.run(within: nil, isEndable: false) {
                try parts.store.takeBackWishes(ofImport: stored.id, at: parts.now())
            }
        }
        await parts.standing.forget(stored.campaignID)
        return taken
    }
}
