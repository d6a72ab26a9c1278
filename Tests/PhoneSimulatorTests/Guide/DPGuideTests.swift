import Foundation
import Testing

@testable import PhoneSimulator

@Suite("A DP base answers as the guide prints it")
struct DPGuideTests {
    static let base = SimulatedPhoneSpec.dp(name: "base", handsets: 2, passcode: "s3cret")

    @Test("Account status, registered and not")
    func accounts() async throws {
        try await Rig.with(Self.base) { rig async throws in
            #expect(
                try await rig.body("api-get_account_status", "account=1")
                    == #"{ "response": "success", "Account1": { "Registered": 1, "Profile": 1, "Active": 1, "#
                    + #""HSMode": "HS1" } }"#)
            #expect(
                try await rig.body("api-get_account_status", "account=3")
                    == #"{ "response": "success", "Account3": { "Registered": 0, "Profile": 1, "Active": 0, "#
                    + #""HSMode": "HS3" } }"#)
            for wrong in ["account=0", "account=11", "account=x", ""] {
                #expect(try await rig.body("api-get_account_status", wrong) == GuideAnswers.failed, "\(wrong)")
            }
        }
    }

    @Test("Handset status, paired and not")
    func handsets() async throws {
        try await Rig.with(Self.base) { rig async throws in
            #expect(
                try await rig.body("api-get_hs_status", "hs=1")
                    == #"{ "response": "success", "HS1": { "initialized": 1, "subscribed": 1, "status": "idle" } }"#)
            #expect(
                try await rig.body("api-get_hs_status", "hs=5")
                    == #"{ "response": "success", "HS5": { "initialized": 0, "subscribed": 0, "status": "" } }"#)
            for wrong in ["hs=0", "hs=6", "hs=", "hs=-1", ""] {
                #expect(try await rig.body("api-get_hs_status", wrong) == GuideAnswers.failed, "\(wrong)")
                #expect(try await rig.body("api-get_hs_line_status", wrong) == GuideAnswers.failed, "\(wrong)")
            }
        }
    }

    @Test("Handset line status of an idle handset is the guide's example, to the letter")
    func handsetLines() async throws {
        try await Rig.with(Self.base) { rig async throws in
            var expected = #"{ "response": "success", "HS1": { "Line1": { "Status": "idle", "#
            expected += #""Account": 1, "Registered": 1, "Active": 1 }"#
            for line in 2...10 {
                expected += #", "Line\#(line)": { "Status": "idle", "Account": 0, "Registered": 0, "Active": 0 }"#
            }
            #expect(try await rig.body("api-get_hs_line_status", "hs=1") == expected + " } }")
            #expect(try await rig.body("api-get_hs_line_status", "hs=3").contains(#""Line1": { "Status": "", "#))
        }
    }

    @Test(
        "The words of lines in use are a setting",
        arguments: [
            (HandsetLineWords.gxp, "calling"), (.capitalised, "Calling"), (.single("busy"), "busy"),
            (.single("In \"use\""), #"In \"use\""#),
        ])
    func words(words: HandsetLineWords, shown: String) async throws {
        var behaviour = PhoneBehaviour()
        behaviour.handsetWords = words
        try await Rig.with(.dp(name: "base", handsets: 1, passcode: "p", behaviour: behaviour)) { rig in
            #expect(try await rig.body("api-make_call", "hs=1&phonenumber=103") == GuideAnswers.callMade)
            let lines = try await rig.body("api-get_hs_line_status", "hs=1")
            #expect(lines.contains(#""Line1": { "Status": "\#(shown)", "Account": 1, "#))
            #expect(lines.contains(#""Line2": { "Status": "idle", "#))
            #expect(try await rig.body("api-get_hs_status", "hs=1").contains(#""status": "\#(shown)""#))
        }
    }

    @Test("Device operations act on the handset and line named, and on no other")
    func operations() async throws {
        try await Rig.with(Self.base, scale: 20) { rig in
            let function = "api-device_operation"
            _ = try await rig.body("api-make_call", "hs=1&phonenumber=107")
            _ = try await rig.body("api-make_call", "hs=2&phonenumber=106")
            try await rig.wait(for: .connected, handset: 2)
            let refused = [
                "hs=2&line=1&cmd=cancel", "hs=2&line=2&cmd=endcall", "hs=2&cmd=endcall", "hs=2&line=1&cmd=unholdcall",
                "hs=3&line=1&cmd=endcall", "line=1&cmd=endcall", "hs=2&line=1&cmd=nothing", "hs=2&line=1",
                "hs=2&line=11&cmd=endcall",
            ]
            for wrong in refused {
                #expect(try await rig.body(function, wrong) == GuideAnswers.refused, "\(wrong)")
            }
            #expect(try await rig.body(function, "hs=2&line=1&cmd=holdcall") == GuideAnswers.done)
            try await rig.wait(for: .onhold, handset: 2)
            #expect(try await rig.body(function, "hs=2&line=1&cmd=holdcall") == GuideAnswers.refused)
            #expect(try await rig.body(function, "hs=2&line=1&cmd=unholdcall") == GuideAnswers.done)
            try await rig.wait(for: .connected, handset: 2)
            for command in ["mute", "speaker"] {
                #expect(try await rig.body(function, "hs=2&cmd=\(command)") == GuideAnswers.done)
            }
            #expect(try await rig.body(function, "hs=2&line=1&cmd=endcall") == GuideAnswers.done)
            #expect(try await rig.body(function, "hs=2&cmd=mute") == GuideAnswers.refused)
            let ours = await rig.simulator.calls().first { $0.handset == 2 }
            #expect(ours?.endCause == .localEndcall)
        }
    }

    @Test("DND by device operation turns calls away until it is unset")
    func dnd() async throws {
        try await Rig.with(Self.base) { rig async throws in
            #expect(try await rig.body("api-device_operation", "hs=1&cmd=setdnd") == GuideAnswers.done)
            #expect(try await rig.simulator.incomingCall(to: "base", handset: 1, from: "1") == nil)
            #expect(try await rig.simulator.incomingCall(to: "base", handset: 2, from: "1") != nil)
            #expect(try await rig.body("api-device_operation", "hs=1&cmd=unsetdnd") == GuideAnswers.done)
            #expect(try await rig.simulator.incomingCall(to: "base", handset: 1, from: "1") != nil)
        }
    }

    @Test("Keys go to the handset named; OFFHOOK dials them")
    func keys() async throws {
        try await Rig.with(Self.base) { rig in
            #expect(try await rig.body("api-send_key", "hs=2&keys=1:0:3:OFFHOOK") == GuideAnswers.complete)
            try await rig.wait(for: .calling, handset: 2)
            #expect(try await rig.state(handset: 1) == .idle)
            for wrong in ["keys=1", "hs=3&keys=1", "hs=1&keys=%23", "hs=1&keys="] {
                #expect(try await rig.body("api-send_key", wrong) == GuideAnswers.unknown, "\(wrong)")
            }
        }
    }

    @Test("Functions of a GXP phone are refused, and a base needs a handset to call")
    func refusals() async throws {
        try await Rig.with(Self.base) { rig async throws in
            for function in ["api-get_line_status", "api-get_phone_status", "api-phone_operation"] {
                #expect(try await rig.body(function, "cmd=endcall") == GuideAnswers.failed, "\(function)")
            }
            #expect(try await rig.body("api-make_call", "phonenumber=103") == GuideAnswers.refused)
            #expect(try await rig.body("api-make_call", "hs=3&phonenumber=103") == GuideAnswers.refused)
            #expect(try await rig.body("api-make_call", "hs=1&phonenumber=") == GuideAnswers.invalidRequest)
            let path = "/cgi-bin/api-make_call?password=s3cret&hs=1&phonenumber=103"
            #expect(try await WireClient.get(path, at: rig.phone.address).body == GuideAnswers.failed)
            #expect(await rig.simulator.calls().isEmpty)
        }
    }
}
