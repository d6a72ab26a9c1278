import ArgumentParser
import CampaignStore
import Campaigns
import Foundation
import PhoneNumbers
import Reports

/// `offhook number`: all that is known of a number.
struct NumberCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "number",
        abstract: "All that is known of a number: region, kind, zones, place, how stations would dial it.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Region in which a national number is read.") var region = "US"
    @Argument(help: "The number.") var number: String

    func run() async throws {
        let region = region.uppercased()
        let reading: NumberReading
        switch try ShareDirectory.numberReader().read(number, region: region) {
        case .success(let read): reading = read
        case .failure(let problem): throw CommandFailure("“\(number)”: \(problem)")
        }
        let store = FileManager.default.fileExists(atPath: database.path) ? try database.openToRead() : nil
        let facts = try NumberFacts(
            reading, region: region, atlas: try ShareDirectory.atlas(), store: store, at: database.now)
        output.print(facts.table, empty: "")
    }
}
