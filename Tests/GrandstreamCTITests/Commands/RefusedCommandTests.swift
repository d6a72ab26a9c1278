import Testing

@testable import GrandstreamCTI

@Suite("A command that cannot be right")
struct RefusedCommandTests {
    @Test(
        "is refused on the family that lacks the function",
        arguments: [
            (PhoneCommand.lineStatus, DeviceFamily.dp), (.phoneStatus, .dp),
            (.phoneOperation(.endcall, line: nil), .dp), (.accountStatus(1), .gxp), (.handsetStatus(1), .gxp),
            (.handsetLineStatus(1), .gxp), (.deviceOperation(.mute, handset: 1, line: nil), .gxp),
        ])
    func missingFunction(command: PhoneCommand, family: DeviceFamily) {
        #expect(!command.isAvailable(on: family))
        let fault = #expect(throws: CommandFault.self) { try command.request(for: family) }
        guard case .unsupported(let reason)? = fault else {
            Issue.record("not refused as unsupported: \(String(describing: fault))")
            return
        }
        #expect(reason.contains(command.functionName))
    }

    @Test(
        "is refused for an argument that is missing, superfluous or out of range",
        arguments: [
            (PhoneCommand.phoneOperation(.endcall, line: 0), DeviceFamily.gxp),
            (.phoneOperation(.endcall, line: 9), .gxp),
            (.accountStatus(0), .dp),
            (.handsetStatus(-1), .dp),
            (.handsetLineStatus(0), .dp),
            (.makeCall(number: "3501", handset: nil, account: nil), .dp),
            (.makeCall(number: "3501", handset: 1, account: 0), .dp),
            (.makeCall(number: "3501", handset: 1, account: nil), .gxp),
            (.makeCall(number: "3501", handset: nil, account: -1), .gxp),
            (.makeCall(number: "", handset: nil, account: nil), .gxp),
            (.makeCall(number: "+", handset: nil, account: nil), .gxp),
            (.makeCall(number: "12+34", handset: nil, account: nil), .gxp),
            (.makeCall(number: "call me", handset: nil, account: nil), .gxp),
            (.deviceOperation(.endcall, handset: 1, line: nil), .dp),
            (.deviceOperation(.endcall, handset: 1, line: 11), .dp),
            (.deviceOperation(.endcall, handset: 0, line: 1), .dp),
            (.deviceOperation(.mute, handset: 1, line: 1), .dp),
            (.sendKeys([], handset: nil), .gxp),
            (.sendKeys([.speaker], handset: 1), .gxp),
            (.sendKeys([.speaker], handset: nil), .dp),
            (.sendKeys([.line(9)], handset: nil), .gxp),
            (.sendKeys([.digit(10)], handset: nil), .gxp),
        ])
    func badArgument(command: PhoneCommand, family: DeviceFamily) {
        let fault = #expect(throws: CommandFault.self) { try command.request(for: family) }
        guard case .invalidArgument? = fault else {
            Issue.record("not refused as an argument: \(String(describing: fault))")
            return
        }
    }

    @Test("reaches no phone at all")
    func nothingIsSent() async throws {
        try await withPhone([], family: .dp) { client, phone in
            let lacksFunction = await failure { () async throws(CTIError) in _ = try await client.lineStatus() }
            #expect(lacksFunction?.kind == .unsupported)
            let lacksKey = await failure { () async throws(CTIError) in try await client.send([.send], handset: 1) }
            #expect(lacksKey?.kind == .unsupported)
            let lacksHandset = await failure { () async throws(CTIError) in try await client.makeCall("3501") }
            #expect(lacksHandset?.kind == .invalidArgument)
            for error in [lacksFunction, lacksKey, lacksHandset] {
                #expect(error?.delivery == .notSent)
                #expect(error?.provesNothingDone == false)
            }
            #expect(phone.connections == 0)
        }
    }

    @Test("is told apart by whether it acts: the five status functions read, the others act")
    func acting() {
        let reading = CTIFunction.allCases.filter { !$0.acts }
        #expect(Set(reading) == [.lineStatus, .phoneStatus, .accountStatus, .handsetStatus, .handsetLineStatus])
    }
}
