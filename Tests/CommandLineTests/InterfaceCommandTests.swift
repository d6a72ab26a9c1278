import CampaignStore
import Foundation
import Testing

@Suite("Tokens and the interface's description from a terminal") struct InterfaceCommandTests {
    let program: Program

    init() async throws {
        program = try Program()
    }

    @Test("a token is printed once, holds its scopes alone, and stands in the database as a hash")
    func token() async throws {
        #expect(try await program.run("user", "add", "crm", "--role", "manager").status == 0)
        let made = try await program.run("user", "token", "crm", "--scope", "calls:read", "--days", "30")
        #expect(made.status == 0)
        let token = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(token.count >= 43)
        let store = try CampaignStore(path: program.folder.appendingPathComponent("offhook.db").path)
        let stored = try #require(try store.tokens().first)
        #expect(stored.scopes == ["calls:read"])
        #expect(stored.expiresAt.map { $0 > stored.createdAt } == true)
        #expect(try store.auditLog().first?.act == "token_made")
    }

    @Test("a token for nobody, for an account that is disabled, or with a scope that is none is refused")
    func refused() async throws {
        #expect(try await program.run("user", "add", "crm").status == 0)
        #expect(try await program.run("user", "token", "crn", "--scope", "calls:read").errors.contains("crm"))
        #expect(try await program.run("user", "token", "crm", "--scope", "all").status != 0)
        #expect(try await program.run("user", "disable", "crm").status == 0)
        let disabled = try await program.run("user", "token", "crm", "--scope", "calls:read")
        #expect(disabled.status != 0 && disabled.errors.contains("offhook user enable crm"))
    }

    @Test("serve --print-openapi writes the description, and makes no database")
    func description() async throws {
        let printed = try await program.run("serve", "--print-openapi")
        #expect(printed.status == 0)
        #expect(printed.output.contains("\"openapi\" : \"3.1.0\"") && printed.output.contains("/api/v1/attempts"))
        let database = program.folder.appendingPathComponent("offhook.db").path
        #expect(!FileManager.default.fileExists(atPath: database))
    }
}
