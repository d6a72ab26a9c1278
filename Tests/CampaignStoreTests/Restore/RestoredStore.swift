import CallingRules
import Campaigns
import Eligibility
import Foundation
import GRDB
import PhoneNumbers
import Testing

@testable import CampaignStore

/// A database of which a back-up was made before more was done with it, and the back-up as it is put in place.
final class RestoredStore {
    let called: CalledStore
    let backup: String
    /// When the back-up was made; calls since are later.
    var backedUpAt: Instant { called.now }
    var later: Instant { called.now + .seconds(600) }

    init(before: (CalledStore) throws -> Void = { _ in }) throws {
        called = try CalledStore()
        try before(called)
        backup = called.folder.appendingPathComponent("copy.db").path
        _ = try called.store.backUp(to: backup, at: called.now)
    }

    /// The path of the lost database.
    var lost: String { called.store.path }

    /// The back-up under another name, as a person puts it in place by hand.
    func putInPlace() throws -> CampaignStore {
        let path = called.folder.appendingPathComponent("live.db").path
        try FileManager.default.copyItem(atPath: backup, toPath: path)
        return try CampaignStore(path: path, mayCreate: false)
    }

    /// Closes the database that is about to be lost, all of it in its file.
    func lose() throws {
        try called.store.emptyLog()
        try called.store.close()
    }

    func bring(into store: CampaignStore) throws -> BroughtIn {
        let lost = try LostDatabase(lost, beside: store.path)
        _ = try store.bringCampaigns(from: lost, at: later)
        return try store.bringIn(lost, rules: called.rules, at: later)
    }

    /// What calls and contacts are, for comparing two databases.
    static func calls(_ store: CampaignStore) throws -> [String] {
        try store.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT t.number || ' ' || t.station || ' ' || t.intended_at || ' ' || t.phase || ' ' || coalesce(t.outcome, '')
                        || ' ' || coalesce(t.disposition, '') || ' ' || coalesce(t.follow_up, '')
                    FROM attempts t ORDER BY t.id
                    """)
        }
    }

    static func contacts(_ store: CampaignStore) throws -> [String] {
        try store.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT id || ' ' || campaign_id || ' ' || state || ' ' || class || ' ' || due_at || ' ' || attempts_made
                        || ' ' || coalesce(agent, '') FROM contacts ORDER BY id
                    """)
        }
    }
}
