import Foundation
import GRDB
import Testing

@Suite("The check of the database") struct CheckCommandTests {
    @Test(
        "where nothing but sums is wrong, it names the command that mends them, and that command does; else a back-up")
    func sums() async throws {
        let program = try Program()
        try program.write("campaign: x\nregion: US\ncalling_rules: { pack: none }\n", to: "c.yaml")
        try program.write("phone\n2125550101\n2125550102\n", to: "l.csv")
        try await program.run("campaign", "apply", "c.yaml")
        try await program.run("import", "l.csv", "--campaign", "x")
        #expect(try await program.run("check").status == 0)
        let change = { (sql: String) in
            let queue = try DatabaseQueue(path: program.folder.appendingPathComponent("offhook.db").path)
            try queue.write { try $0.execute(sql: sql) }
            try queue.close()
        }
        try change("UPDATE contacts SET attempts_made = 9 WHERE id = 1")
        let wrong = try await program.run("check")
        #expect(wrong.status != 0)
        #expect(wrong.errors.contains("contact 1: 9 attempts, not 0"), "\(wrong.errors)")
        #expect(wrong.errors.contains("run: offhook check --mend-sums"), "\(wrong.errors)")
        #expect(!wrong.errors.contains("back-up"), "\(wrong.errors)")
        #expect(try await program.run("check", "--mend-sums").status == 0)
        #expect(try await program.run("check").status == 0)

        try change("UPDATE contacts SET attempts_made = 9, state = 'in_attempt' WHERE id = 1")
        let unsound = try await program.run("check", "--mend-sums")
        #expect(unsound.status != 0)
        #expect(unsound.errors.contains("1 problem. Stop Offhook"), "\(unsound.errors)")
    }
}
