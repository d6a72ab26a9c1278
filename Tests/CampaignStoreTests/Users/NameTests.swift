import Campaigns
import Foundation
import Testing

@testable import CampaignStore

@Suite("Names that are stored") struct NameTests {
    private let now = Instant(milliseconds: 1_773_151_200_000)

    private func store() throws -> CampaignStore {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString).db").path
        return try CampaignStore(path: path)
    }

    /// One character, by Swift's count, that is as long as one likes.
    private static let tower = "a" + String(repeating: "\u{0E33}", count: 5000)

    @Test(
        "a user's names are bounded in what they take, not in what they seem to have, and hold no control characters",
        arguments: [
            ("anna", "a" + String(repeating: "\u{301}", count: 101)), ("anna", "An\u{1b}[2Jna"), ("anna", "An\nna"),
            ("anna", "An\u{202e}na"), (String(repeating: "a", count: 65), "Anna"), (tower, "Anna"),
            ("a" + String(repeating: "\u{94d}", count: 70), "Anna"),
        ])
    func users(name: String, displayName: String) throws {
        let store = try store()
        let error = #expect(throws: StoreError.self) {
            try store.addUser(UserSettings(name: name, displayName: displayName, role: .agent), at: now)
        }
        #expect((error?.description.utf8.count ?? 0) < 1000)
        #expect(try store.users().isEmpty)
    }

    @Test("names of all scripts and signs of several scalars are names")
    func sound() throws {
        let store = try store()
        let shown = "Ανна 李 👩‍💻 نیم‌فاصله"
        let user = try store.addUser(UserSettings(name: "änna.李", displayName: shown, role: .agent), at: now)
        #expect(user.displayName == shown)
    }

    @Test("the audit log takes a name and an address cut and on one line")
    func audit() throws {
        let store = try store()
        try store.audit(
            "x", by: "root\nfake line" + String(repeating: "b", count: 5000), from: String(repeating: "9", count: 5000),
            at: now)
        let entry = try #require(try store.auditLog().first)
        #expect(entry.user?.hasPrefix("root fake line") == true)
        #expect(try #require(entry.user).unicodeScalars.count <= 144 && entry.address.utf8.count == 64)
    }
}

@Suite("Second factors in the database") struct SecondFactorStoreTests {
    private let now = Instant(milliseconds: 1_773_151_200_000)

    private func owner() throws -> (CampaignStore, User) {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString).db").path
        let store = try CampaignStore(path: path)
        let user = try store.addUser(
            UserSettings(name: "root", displayName: "Root", role: .administrator), at: now)
        try store.beginSecondFactor("SECRET", user: user.id)
        return (store, user)
    }

    @Test("one that is being set up is none yet; one that another was begun after cannot be confirmed")
    func pending() throws {
        let (store, user) = try owner()
        #expect(try store.secondFactor(of: user.id) == nil && store.secondFactorSecret(of: user.id) == nil)
        #expect(try store.usersWithSecondFactor().isEmpty)
        let first = try #require(try store.pendingSecondFactor(of: user.id))
        try store.beginSecondFactor("SECRET", user: user.id)
        #expect(throws: StoreError.changedMeanwhile(what: "second factor of", name: "root")) {
            try store.confirmSecondFactor(first, user: user.id, step: 5, recoveryHashes: [], at: now)
        }
        #expect(try !store.useSecondFactorStep(9, user: user.id))
    }

    @Test("steps are used upward alone, each once; a back-up's key has to open the secret")
    func steps() throws {
        let (store, user) = try owner()
        let pending = try #require(try store.pendingSecondFactor(of: user.id))
        try store.confirmSecondFactor(pending, user: user.id, step: 5, recoveryHashes: [], at: now)
        #expect(
            try [5, 7, 6, 7, 8].map { try store.useSecondFactorStep($0, user: user.id) } == [
                false, true, false, false, true,
            ])
        #expect(try store.usersWithSecondFactor() == [user.id])
        let sealed = try store.sealedSecrets()
        #expect(try sealed.map(store.vault.unseal) == ["SECRET"])
    }
}
