import CampaignStore
import Campaigns
import Dialer
import Foundation
import GrandstreamCTI
import PhoneNumbers

/// `offhook phones check NAME --learn NUMBER`: one test call to a number of the administrator's, watched word by word.
struct LearnCall {
    /// How often the lines are looked at.
    static let interval: Duration = .milliseconds(250)
    /// How long the line may stay idle after the command.
    static let patience: Duration = .seconds(15)
    /// How long the call may last.
    static let longest: Duration = .seconds(180)

    let store: CampaignStore
    let device: StoredDevice
    let station: StoredStation
    let number: PhoneNumber

    /// Dials, follows the line to its end, and tells what was learned.
    func run(at now: Instant) async throws -> WordLesson {
        let plan = device.dial.plan(defaultRegion: "US")
        let dialled: String
        switch plan.dialString(for: number, method: device.dialWith) {
        case .success(let text): dialled = text
        case .failure(let problem): throw CommandFailure("\(number) cannot be dialled from \(station.name): \(problem)")
        }
        let passcode = try store.passcode(of: device.name, environment: ProcessInfo.processInfo.environment)
        let client = PhoneClient(try PhoneEndpoint(device, passcode: passcode))
        do {
            let lesson = try await call(dialled, client, at: now)
            await client.shutdown()
            return lesson
        } catch {
            await client.shutdown()
            throw error
        }
    }

    private func call(_ dialled: String, _ client: PhoneClient, at now: Instant) async throws -> WordLesson {
        let words = WordMap(adding: device.states)
        let before = try await lines(client)
        if let busy = before.first(where: { words.phase(of: $0.word) != .idle }) {
            throw CommandFailure(
                "Line \(busy.line) of \(station.name) shows “\(busy.word)”; a test call needs all lines idle.")
        }
        // No call without a record, this one included.
        try store.record("test_call", station: station.name, detail: number.e164, at: now)
        Console.say(
            "Calling \(number) from \(station.name). Let it ring three times, answer, talk for ten seconds, hang up.")
        do {
            try await dial(client, dialled)
        } catch let error as CTIError where error.delivery == .mayHaveActed && !error.provesNothingDone {
            // A lost answer is no lost command: the lines tell, and nothing is dialled again.
            Console.note("\(error)")
        }
        return try await follow(client, words)
    }

    private func dial(_ client: PhoneClient, _ dialled: String) async throws {
        if device.dialWith == .makeCall {
            try await client.makeCall(
                dialled, handset: station.handset, account: station.handset == nil ? device.account : nil)
        } else {
            try await client.send(Key.digits(from: dialled) + [.send], handset: station.handset)
        }
    }

    private func follow(_ client: PhoneClient, _ words: WordMap) async throws -> WordLesson {
        var lesson = WordLesson(known: words)
        let start = ContinuousClock.now
        var ours: Int?
        while ContinuousClock.now - start < Self.longest {
            try await Task.sleep(for: Self.interval)
            guard let shown = try? await lines(client) else { continue }
            ours = ours ?? shown.first { words.phase(of: $0.word) != .idle }?.line
            guard let ours else {
                if ContinuousClock.now - start > Self.patience { return lesson }
                continue
            }
            let word = shown.first { $0.line == ours }?.word ?? ""
            let seconds = (ContinuousClock.now - start).inSeconds
            if words.phase(of: word) == .idle {
                Console.say("\(Self.tenths(seconds)) s: line \(ours) is idle again")
                return lesson
            }
            if lesson.words.last != word { Console.say("\(Self.tenths(seconds)) s: line \(ours) shows “\(word)”") }
            lesson.see(word)
        }
        Console.note("The call is still up after \(Int(Self.longest.inSeconds)) s; hang up by hand.")
        return lesson
    }

    private static func tenths(_ seconds: Double) -> Double { (seconds * 10).rounded() / 10 }

    private func lines(_ client: PhoneClient) async throws -> [(line: Int, word: String)] {
        if let handset = station.handset {
            return try await client.handsetLineStatus(handset).map { ($0.line, $0.state.rawValue) }
        }
        return try await client.lineStatus().map { ($0.line, $0.state.rawValue) }
    }
}
