import CampaignStore
import Campaigns
import Foundation
import Testing

@Suite("Accounts from a terminal") struct UserCommandTests {
    let program: Program

    init() async throws {
        program = try Program()
    }

    private func store() throws -> CampaignStore {
        try CampaignStore(path: program.folder.appendingPathComponent("offhook.db").path)
    }

    @Test("a lost second factor is taken away, its sessions end, and the audit log says so")
    func secondFactor() async throws {
        #expect(try await program.run("user", "add", "root", "--role", "administrator").status == 0)
        let none = try await program.run("user", "reset-second-factor", "root")
        #expect(none.status != 0 && none.errors.contains("offhook user reset root"))
        let store = try store()
        let root = try #require(try store.user(named: "root"))
        let now = Instant(Date())
        try store.beginSecondFactor("ABCD", user: root.id)
        let pending = try #require(try store.pendingSecondFactor(of: root.id))
        try store.confirmSecondFactor(pending, user: root.id, step: 1, recoveryHashes: [Data([1])], at: now)
        try store.beginSession(
            tokenHash: Data([2]), user: root.id, csrfToken: "c", address: "a", expiresAt: now + .seconds(600), at: now)
        try store.beginLoginStep(tokenHash: Data([3]), user: root.id, expiresAt: now + .seconds(600))
        let listed = try await program.run("user", "list", "--format", "csv")
        #expect(listed.output.contains("second_factor") && listed.output.contains("yes"))

        let done = try await program.run("user", "reset-second-factor", "root")
        #expect(done.status == 0 && done.output.contains("no second factor any more"))
        #expect(try store.secondFactor(of: root.id) == nil)
        #expect(try store.useRecoveryCode(Data([1]), user: root.id, at: now) == nil)
        #expect(try store.sessions(idle: .seconds(600), at: now).isEmpty)
        #expect(try store.loginStep(tokenHash: Data([3]), at: now) == nil)
        let entry = try #require(try store.auditLog().first)
        #expect(entry.act == "second_factor_reset" && entry.subject == "user \(root.id.value)")
    }

    @Test("a token needs a scope, ends after 90 days unless said, and is listed with its end and a warning")
    func tokens() async throws {
        #expect(try await program.run("user", "add", "crm", "--role", "manager").status == 0)
        let without = try await program.run("user", "token", "crm")
        #expect(without.status != 0 && without.errors.contains("--scope") && without.errors.contains("calls:read"))
        #expect(try await program.run("user", "token", "crm", "--scope", "calls:read", "--days", "0").status != 0)
        let store = try store()
        #expect(try store.tokens().isEmpty)
        #expect(try await program.run("user", "token", "crm", "--scope", "calls:read").status == 0)
        let token = try #require(try store.tokens().first)
        #expect(token.expiresAt?.since(token.createdAt) == .seconds(90 * 86_400))
        let soon = try await program.run(
            "user", "token", "crm", "--purpose", "nightly", "--scope", "calls:read", "--scope", "lists:read",
            "--days", "3")
        #expect(soon.status == 0)
        let listed = try await program.run("user", "tokens", "crm", "--format", "csv")
        let lines = listed.output.split(whereSeparator: \.isNewline)
        #expect(lines.count == 3)
        #expect(lines.dropFirst().first?.hasPrefix("nightly,crm,calls:read lists:read,") == true)
        #expect(lines.dropFirst().first?.hasSuffix("ends soon") == true)
        #expect(!listed.output.contains(soon.output.trimmingCharacters(in: .whitespacesAndNewlines)))
    }
}
