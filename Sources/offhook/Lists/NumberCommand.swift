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
        let place = try ShareDirectory.atlas().location(of: reading)
        var rows: [[Cell]] = [
            [.text("number"), .text(reading.number.e164)], [.text("region"), Cell(reading.region)],
            [.text("kind"), .text(reading.kind.rawValue)], [.text("validity"), .text(reading.validity.rawValue)],
            [.text("extension"), Cell(reading.extension)], [.text("jurisdiction"), Cell(place.jurisdiction)],
            [.text("zones"), .text(place.zones.joined(separator: ", "))],
        ]
        if FileManager.default.fileExists(atPath: database.path) {
            let store = try database.open()
            for device in try store.devices() {
                for station in device.stations {
                    let text: String
                    switch device.dial.plan(defaultRegion: region).dialString(
                        for: reading.number, method: device.dialWith)
                    {
                    case .success(let dialled): text = dialled
                    case .failure(let problem): text = "refused: \(problem)"
                    }
                    rows.append([.text("dialled from \(station.name)"), .text(text)])
                }
            }
            for entry in try store.suppressions(of: reading.number, at: database.now) {
                let scope = entry.campaign.map { "in campaign \($0)" } ?? "everywhere"
                rows.append([
                    .text("do not call"), .text("\(entry.subject), \(scope), \(entry.source), since \(entry.addedAt)"),
                ])
            }
        }
        output.print(Table(columns: ["what", "value"], rows: rows), empty: "")
    }
}
