import CampaignStore
import Campaigns
import Dialer
import Foundation
import PhoneNumbers
import Proving
import TestSupport
import Testing

/// `kill -9` at every named step and at random moments, start after start, until the campaign is done.
///
/// `OFFHOOK_CRASHES` sets how many kills in all, for the long form; ten go to each campaign.
@Suite("Crashes", .serialized) struct CrashTests {
    static let kills = ProcessInfo.processInfo.environment["OFFHOOK_CRASHES"].flatMap { Int($0) } ?? 10
    static let rounds = 0..<max(1, kills / 10)

    @Test(
        "killed ten times, a campaign still ends with one call an intent at most, and an outcome for each",
        .timeLimit(.minutes(15)), arguments: rounds)
    func killed(round: Int) async throws {
        var random = SeededGenerator(seed: UInt64(round + 1))
        let campaign = try await CrashedCampaign(contacts: 40)
        defer { campaign.phones.terminate() }
        // Every named step is hit in each campaign, then moments that nobody chose.
        let steps = EngineStep.allCases.shuffled(using: &random)
        for kill in 0..<10 {
            let step = kill < steps.count ? steps[kill] : nil
            try await campaign.runAndKill(
                at: step, count: Int.random(in: 1...3, using: &random),
                orAfter: .milliseconds(Int.random(in: 400...4000, using: &random)),
                beside: StrainBeside.allCases[kill % StrainBeside.allCases.count],
                lock: .milliseconds(Int.random(in: 100...1500, using: &random)))
        }
        // A back-up of what a kill left behind is as sound as the database itself.
        let backup = try await campaign.program.run("backup", "copy.db")
        #expect(backup.status == 0, "\(backup.errors)")
        let last = try await campaign.program.run("run", "--campaign", "x", "--until-done", "--format", "json")
        #expect(last.status == 0, "\(last.errors)")
        #expect(campaign.kills == 10)
        let check = try await campaign.program.run("check", "--replay")
        #expect(check.status == 0, "\(check.errors)")
        let copied = try await campaign.program.run("check", "--replay", "--db", "copy.db")
        #expect(copied.status == 0, "\(copied.errors)")

        try campaign.look()
        #expect(campaign.lost.isEmpty, "\(campaign.lost.joined(separator: "\n"))")
        #expect(campaign.looks > 1)
        let store = try campaign.store()
        // An import that said that it was done is there whole; one that was killed is there whole or not at all.
        let beside = try store.imports().filter { $0.campaign == "y" && $0.state == "done" }
        #expect(Set(campaign.importsDone).isSubset(of: beside.map { ($0.file as NSString).lastPathComponent }))
        #expect(beside.allSatisfy { $0.counts.imported == CrashedCampaign.rowsBeside })
        #expect(campaign.importsDone.count + campaign.importsKilled == 3)
        for number in campaign.erased {
            let digits = try #require(Int64(number.dropFirst()))
            let read = try #require(PhoneNumber(digits: digits))
            #expect(try store.isSuppressed(read, campaign: nil, at: Instant(Date())), "\(number) was erased")
        }
        #expect(campaign.erased.count == 2)
        let other = try store.campaign(named: "y").id
        #expect(try store.contactCounts(campaigns: [other]).total == beside.count * CrashedCampaign.rowsBeside)
        var attempts: [AttemptRow] = []
        try store.attempts { attempts.append($0) }
        let problems = TruthComparison(attempts: attempts, truth: try campaign.truth()).problems
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
        let own = try store.campaign(named: "x").id
        #expect(try store.contactCounts(campaigns: [own]).remaining == 0)
        #expect(Set(attempts.compactMap(\.number)).count == 40)
        // Some calls were up at a kill and still showed on their line afterwards: one lasts longer than any restart.
        #expect(attempts.contains { $0.evidence?.notes.contains(.takenOver) == true })
        print(
            "crash round \(round): \(campaign.kills) kills, \(attempts.count) attempts, "
                + "\(attempts.count { $0.evidence?.notes.contains(.takenOver) == true }) calls taken over, "
                + "\(attempts.count { $0.outcome == "unknown" }) unknown, \(campaign.importsKilled) imports killed")
    }
}
