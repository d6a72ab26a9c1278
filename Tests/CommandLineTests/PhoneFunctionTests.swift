import Foundation
import Testing

@Suite("offhook phone") struct PhoneFunctionTests {
    /// Each function of the guide, the arguments that ask for it, and what its answer must hold.
    static let functions: [([String], String)] = [
        (["desk-1", "line-status"], "\"lines\""),
        (["desk-1", "phone-status"], "available"),
        (["desk-1", "make-call", "2125550306"], "success"),
        (["desk-1", "operation", "cancel"], "success"),
        (["desk-1", "send-key", "5551206", "SEND"], "success"),
        (["desk-1", "operation", "cancel"], "success"),
        (["desk-1", "send-key", "SPEAKER"], "success"),
        (["base-1/1", "account-status", "1"], "\"registered\""),
        (["base-1/1", "handset-status"], "\"subscribed\""),
        (["base-1/1", "handset-line-status"], "\"lines\""),
        (["base-1/1", "make-call", "2125550303"], "success"),
        (["base-1/1", "device-operation", "cancel", "--line", "1"], "success"),
        (["base-1/1", "device-operation", "setdnd"], "success"),
        (["base-1/1", "device-operation", "unsetdnd"], "success"),
        (["base-1/1", "send-key", "OK"], "success"),
        (["base-1/1", "system", "REBOOT", "--yes"], "directreboot"),
        (["desk-1", "system", "RESET", "--yes"], "reset"),
    ]

    @Test("each function of the guide is performed against virtual phones, in the order of a day")
    func functions() async throws {
        let program = try Program()
        let phones = try await program.startPhones(["--gxp", "1", "--dp", "1", "--handsets", "2"])
        defer { phones.terminate() }
        #expect(try await program.run("phones", "apply", "--allow-local-phones", "phones.yaml").status == 0)
        for (arguments, expected) in Self.functions {
            let process = try program.start(["phone"] + arguments, output: "answer")
            try await program.end(of: process)
            #expect(process.terminationStatus == 0, "\(arguments): \(program.text("answer.err"))")
            #expect(program.text("answer.out").contains(expected), "\(arguments): \(program.text("answer.out"))")
        }
    }

    @Test(
        "what a family lacks, or the guide does not know, is refused with a sentence and a failure",
        arguments: [
            (["desk-1", "handset-status"], "GXP"), (["base-1/1", "line-status"], "base-1"),
            (["base-1", "handset-status"], "base-1/1"), (["desk-2", "line-status"], "desk-1"),
            (["desk-1", "operation", "hangup"], "endcall"), (["desk-1", "send-key", "+1555"], "+"),
            (["desk-1", "system", "REBOOT"], "--yes"), (["desk-1", "dance"], "no phone command"),
        ])
    func refused(arguments: [String], hint: String) async throws {
        let program = try Program()
        try program.write(
            """
            phones:
              - { name: desk-1, family: gxp, address: "http://127.0.0.1:9", passcode: secret-4711 }
              - { name: base-1, family: dp, address: "http://127.0.0.1:19", passcode: secret-4711, handsets: [1] }
            """, to: "phones.yaml")
        #expect(try await program.run("phones", "apply", "--allow-local-phones", "phones.yaml").status == 0)
        let process = try program.start(["phone"] + arguments, output: "answer")
        try await program.end(of: process)
        #expect(process.terminationStatus != 0)
        #expect(program.text("answer.err").contains(hint), "\(program.text("answer.err"))")
        #expect(!program.text("answer.err").contains("secret-4711"))
    }
}
