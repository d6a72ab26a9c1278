import Foundation
import Testing

/// The bill of materials that `make sbom` writes, against the packages that are there.
@Suite("Bill of materials", .serialized) struct BillOfMaterialsTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private struct Bill: Decodable {
        struct Component: Decodable {
            struct License: Decodable {
                struct Named: Decodable {
                    var name: String
                }
                var expression: String?
                var license: Named?
            }
            var type: String
            var name: String
            var version: String
            var purl: String?
            var bomRef: String
            var licenses: [License]?

            enum CodingKeys: String, CodingKey {
                case type, name, version, purl, licenses
                case bomRef = "bom-ref"
            }
        }
        struct Metadata: Decodable {
            var timestamp: String
            var component: Component
        }
        struct Dependency: Decodable {
            var ref: String
            var dependsOn: [String]
        }
        var bomFormat: String
        var specVersion: String
        var serialNumber: String
        var version: Int
        var metadata: Metadata
        var components: [Component]
        var dependencies: [Dependency]
    }

    private struct Resolved: Decodable {
        struct Pin: Decodable {
            struct State: Decodable {
                var version: String
            }
            var location: String
            var state: State
        }
        var pins: [Pin]
    }

    private func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["SOURCE_DATE_EPOCH": "1795532400"]) { $1 }
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: output, as: UTF8.self)
    }

    private func bill() throws -> Data {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("offhook").path
        _ = try run(Self.root.appendingPathComponent("scripts/sbom").path, [file.path, program])
        return try Data(contentsOf: file)
    }

    @Test("it is CycloneDX, names each resolved package once, and the same packages give the same bytes")
    func swiftPackages() throws {
        let data = try bill()
        #expect(try bill() == data)
        let bill = try JSONDecoder().decode(Bill.self, from: data)
        #expect(bill.bomFormat == "CycloneDX" && bill.specVersion == "1.6" && bill.version == 1)
        #expect(bill.serialNumber.wholeMatch(of: /urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil)
        #expect(bill.metadata.timestamp == "2026-11-24T15:00:00Z")
        #expect(bill.metadata.component.name == "offhook" && bill.metadata.component.type == "application")
        let references = bill.components.map(\.bomRef)
        #expect(Set(references).count == references.count)
        #expect(bill.dependencies.first?.ref == "offhook" && bill.dependencies.first?.dependsOn == references)
        for component in bill.components {
            #expect(["library", "framework"].contains(component.type), "\(component.name)")
            #expect(!component.version.isEmpty && component.purl == component.bomRef, "\(component.name)")
        }

        let pins = try JSONDecoder().decode(
            Resolved.self, from: Data(contentsOf: Self.root.appendingPathComponent("Package.resolved"))
        ).pins
        #expect(pins.count > 20)
        let expected = pins.map { pin in
            let place = pin.location.replacing("https://", with: "").replacing(/\.git$/, with: "")
            return "pkg:swift/\(place)@\(pin.state.version)"
        }
        let own = bill.components.filter { $0.bomRef.hasPrefix("pkg:swift/") && $0.type == "library" }
        #expect(Set(own.map(\.bomRef)) == Set(expected))
        #expect(own.allSatisfy { $0.licenses?.first?.expression != nil }, "a license is not known")
    }

    @Test(
        "it names Debian's packages that the program is linked with, and those of its data, in the versions that are installed"
    )
    func debianPackages() throws {
        let bill = try JSONDecoder().decode(Bill.self, from: bill())
        let debian = bill.components.filter { $0.bomRef.hasPrefix("pkg:deb/debian/") }
        let names = Set(debian.map(\.name))
        #expect(names.isSuperset(of: ["libc6", "libjs-chart.js", "libphonenumber8", "libsqlite3-0", "tzdata"]))
        let installed = try run("dpkg-query", ["-W", "-f=${Package} ${Version}\n"] + debian.map(\.name).sorted())
        let told = debian.map { "\($0.name) \($0.version)" }
        #expect(Set(told) == Set(installed.split(separator: "\n").map(String.init)))
    }
}
