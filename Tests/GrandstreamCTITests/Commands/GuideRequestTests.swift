import Testing

@testable import GrandstreamCTI

/// Every example request of the guide, from the path on.
@Suite("A request")
struct GuideRequestTests {
    private func target(_ command: PhoneCommand, _ family: DeviceFamily) throws -> String {
        let request = try command.request(for: family)
        return "\(request.path)?\(request.query(with: Passcode("admin")))"
    }

    @Test(
        "of a GXP phone is the guide's, to the letter",
        arguments: [
            (PhoneCommand.lineStatus, "/cgi-bin/api-get_line_status?passcode=admin"),
            (.phoneStatus, "/cgi-bin/api-get_phone_status?passcode=admin"),
            (.phoneOperation(.endcall, line: nil), "/cgi-bin/api-phone_operation?passcode=admin&cmd=endcall"),
            (.phoneOperation(.holdcall, line: nil), "/cgi-bin/api-phone_operation?passcode=admin&cmd=holdcall"),
            (.phoneOperation(.acceptcall, line: nil), "/cgi-bin/api-phone_operation?passcode=admin&cmd=acceptcall"),
            (.phoneOperation(.rejectcall, line: nil), "/cgi-bin/api-phone_operation?passcode=admin&cmd=rejectcall"),
            (.phoneOperation(.cancel, line: nil), "/cgi-bin/api-phone_operation?passcode=admin&cmd=cancel"),
            (.sendKeys([.speaker], handset: nil), "/cgi-bin/api-send_key?passcode=admin&keys=SPEAKER"),
            (
                .sendKeys([.digit(1), .digit(0), .digit(0), .digit(0)], handset: nil),
                "/cgi-bin/api-send_key?passcode=admin&keys=1:0:0:0"
            ),
            (.sendKeys([.line(1)], handset: nil), "/cgi-bin/api-send_key?passcode=admin&keys=LINE1"),
            (.sendKeys([.soft(1)], handset: nil), "/cgi-bin/api-send_key?passcode=admin&keys=SOFT1"),
            (.sendKeys([.mpk(1)], handset: nil), "/cgi-bin/api-send_key?passcode=admin&keys=MPK1"),
            (.systemOperation(.reboot), "/cgi-bin/api-sys_operation?passcode=admin&request=REBOOT"),
            (.systemOperation(.reset), "/cgi-bin/api-sys_operation?passcode=admin&request=RESET"),
        ])
    func gxp(command: PhoneCommand, expected: String) throws {
        #expect(try target(command, .gxp) == expected)
    }

    @Test(
        "of a DP base is the guide's, to the letter",
        arguments: [
            (PhoneCommand.accountStatus(1), "/cgi-bin/api-get_account_status?passcode=admin&account=1"),
            (.handsetStatus(1), "/cgi-bin/api-get_hs_status?passcode=admin&hs=1"),
            (.handsetLineStatus(1), "/cgi-bin/api-get_hs_line_status?passcode=admin&hs=1"),
            (
                .makeCall(number: "3501", handset: 1, account: nil),
                "/cgi-bin/api-make_call?passcode=admin&hs=1&phonenumber=3501"
            ),
            (
                .sendKeys([.digit(1), .digit(0), .digit(0), .digit(0), .hash], handset: 1),
                "/cgi-bin/api-send_key?passcode=admin&hs=1&keys=1:0:0:0:HASH"
            ),
            (.sendKeys([.star], handset: 1), "/cgi-bin/api-send_key?passcode=admin&hs=1&keys=STAR"),
            (.sendKeys([.leftSoftKey], handset: 1), "/cgi-bin/api-send_key?passcode=admin&hs=1&keys=LEFT_SOFT_KEY"),
            (.systemOperation(.reboot), "/cgi-bin/api-sys_operation?passcode=admin&request=REBOOT"),
        ])
    func dp(command: PhoneCommand, expected: String) throws {
        #expect(try target(command, .dp) == expected)
    }

    @Test("for an operation on a handset names the line for six operations and none for four")
    func deviceOperations() throws {
        for operation in DeviceOperation.allCases {
            let line = operation.takesLine ? "&line=1" : ""
            #expect(
                try target(.deviceOperation(operation, handset: 1, line: operation.takesLine ? 1 : nil), .dp)
                    == "/cgi-bin/api-device_operation?passcode=admin&hs=1\(line)&cmd=\(operation.rawValue)")
        }
        #expect(DeviceOperation.allCases.filter(\.takesLine).count == 6)
        #expect(DeviceOperation.allCases.count == 10)
    }

    @Test("for a phone operation may name a line, as newer firmware takes it")
    func operationLine() throws {
        #expect(
            try target(.phoneOperation(.cancel, line: 2), .gxp)
                == "/cgi-bin/api-phone_operation?passcode=admin&cmd=cancel&arg=2")
    }

    @Test("to make a call on a GXP phone names the account, 0 where none is given")
    func makeCallOnGXP() throws {
        #expect(
            try target(.makeCall(number: "3501", handset: nil, account: nil), .gxp)
                == "/cgi-bin/api-make_call?passcode=admin&phonenumber=3501&account=0")
        #expect(
            try target(.makeCall(number: "+1 (202) 555-0143", handset: nil, account: 2), .gxp)
                == "/cgi-bin/api-make_call?passcode=admin&phonenumber=%2B12025550143&account=2")
        #expect(
            try target(.makeCall(number: "*72#", handset: nil, account: nil), .gxp)
                == "/cgi-bin/api-make_call?passcode=admin&phonenumber=%2A72%23&account=0")
    }

    @Test("prints without the passcode, because it does not have it")
    func printing() throws {
        let request = try PhoneCommand.lineStatus.request(for: .gxp)
        #expect(!"\(request)".contains("passcode="))
    }
}
