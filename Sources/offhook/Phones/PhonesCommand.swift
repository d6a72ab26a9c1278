import ArgumentParser
import CampaignStore
import Campaigns
import Dialer
import Foundation
import GrandstreamCTI
import PhoneNumbers
import Reports

/// `offhook phones`: the phones as a whole.
struct PhonesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "phones", abstract: "The team's phones: apply their file, list them, check them.",
        subcommands: [Apply.self, List.self, PhonesCheckCommand.self, Models.self])

    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make the stored phones equal to a phones.yaml.",
            discussion: """
                A passcode is sent to the address that the file says. Loopback, link-local and this computer's own addresses are refused, \
                unless --allow-local-phones or the file's key “local_phones: true” says that phones are there, as virtual ones are; the \
                database keeps that with each such phone.
                """)
        @OptionGroup var database: DatabaseOptions
        @Flag(help: "Let phones of the file be at loopback, link-local and this computer's own addresses.")
        var allowLocalPhones = false
        @Argument(help: "The file.") var file: String

        func run() async throws {
            let text = try TextFile.read(file)
            let read = try PhonesFile.read(text, file: file)
            // Whoever has a shell here may send a passcode anywhere: the file's own word is enough.
            let isAllowed = allowLocalPhones || PhonesFile.hasLocalPhones(text)
            let (devices, problems) = try await LocalPhones.admit(read, allowed: isAllowed)
            guard problems.isEmpty else { throw CommandFailure(problems.joined(separator: "\n")) }
            let changes = try database.open().applyDevices(devices, at: database.now)
            for (names, word) in [
                (changes.added, "added"), (changes.updated, "updated"), (changes.removed, "removed"),
                (changes.unchanged, "unchanged"),
            ] where !names.isEmpty {
                Console.say("\(word): \(names.joined(separator: ", "))")
            }
            let stations = devices.reduce(0) { $0 + $1.stationNames.count }
            Console.say("\(devices.count) phones with \(stations) stations; next: offhook phones check")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The phones as stored.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let rows = try database.openToRead().devices().map { device -> [Cell] in
                [
                    .text(device.name), .text(device.family.rawValue), .text(device.address),
                    .text(device.dialWith.rawValue), Cell(device.stations.count), Cell(device.trunk),
                ]
            }
            output.print(
                Table(columns: ["phone", "family", "address", "dial_with", "stations", "trunk"], rows: rows),
                empty: "There are no phones yet; describe them in a file and run: offhook phones apply phones.yaml")
        }
    }

    struct Models: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The guide's table of supported models with their least firmware.")
        @OptionGroup var output: OutputOptions

        func run() throws {
            let rows = SupportedModel.all.map { model -> [Cell] in
                [.text(model.series), .text(model.model), .text(model.family.rawValue), .text(model.minimumFirmware)]
            }
            output.print(Table(columns: ["series", "model", "family", "minimum_firmware"], rows: rows), empty: "")
        }
    }
}
