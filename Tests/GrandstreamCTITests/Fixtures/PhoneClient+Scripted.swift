import Foundation
import NIOCore
import NIOSSL

@testable import GrandstreamCTI

/// A passcode with every kind of character that must be encoded.
let testPasscode = "s3cr&t p#ss"

/// Runs a client against a scripted phone and closes both afterwards.
func withPhone<Result>(
    _ script: [ScriptedPhone.Step], thereafter: ScriptedPhone.Step = .silence, family: DeviceFamily = .gxp,
    passcode: String = testPasscode, tls: NIOSSLContext? = nil, policy: TLSPolicy = .system,
    connectTimeout: Duration = .seconds(10), answerTimeout: Duration = .seconds(120), maximumAnswerBytes: Int = 65_536,
    _ body: (PhoneClient, ScriptedPhone) async throws -> Result
) async throws -> Result {
    let phone = try await ScriptedPhone(script, thereafter: thereafter, tls: tls)
    let client = PhoneClient(
        try PhoneEndpoint(
            name: "desk-1", family: family, address: try phone.address(), passcode: Passcode(passcode), tls: policy,
            connectTimeout: connectTimeout, answerTimeout: answerTimeout, maximumAnswerBytes: maximumAnswerBytes))
    let outcome: Swift.Result<Result, any Error>
    do {
        outcome = .success(try await body(client, phone))
    } catch {
        outcome = .failure(error)
    }
    await client.shutdown()
    await phone.stop()
    return try outcome.get()
}

/// The error of a command that must fail; nil if it succeeds.
func failure(of command: () async throws(CTIError) -> Void) async -> CTIError? {
    do {
        try await command()
        return nil
    } catch {
        return error
    }
}
