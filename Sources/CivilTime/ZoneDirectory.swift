import Foundation

/// The folder with the system's time zone files, from which data are read.
public struct ZoneDirectory: Sendable, Hashable {
    /// Where Linux keeps them.
    public static let standardPath = "/usr/share/zoneinfo"

    /// The folder.
    public let path: String

    /// A folder of TZif files.
    public init(path: String) { self.path = path }

    /// The folder that TZDIR names, else the system's.
    public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        // The package's own folder is known as such with a slash at its end, too.
        var named = environment["TZDIR"] ?? ""
        while named.count > 1, named.hasSuffix("/") { named.removeLast() }
        path = named.isEmpty ? Self.standardPath : named
    }

    /// Reads all zones of the folder.
    ///
    /// - Throws: ``ZoneDirectoryProblem`` where it has none.
    public func read() throws(ZoneDirectoryProblem) -> ZoneData {
        var files: [String: [UInt8]] = [:]
        collect(prefix: "", into: &files)
        guard !files.isEmpty else { throw ZoneDirectoryProblem(path: path) }
        let listing = text("tzdata.zi")
        let links = FormerZoneNames.links.merging(listing.map(FormerZoneNames.links(listing:)) ?? [:]) { $1 }
        return ZoneData(files: files, links: links, version: version(listing), origin: path)
    }

    /// Which release the folder has, without reading its zones.
    public func version() -> ZoneDataVersion { version(text("tzdata.zi")) }

    /// A number that changes with any of the folder's files: their names, sizes and times. 0 where there are none.
    func fingerprint() -> Int {
        var hasher = Hasher()
        var isEmpty = true
        let files = FileManager.default.enumerator(atPath: path)
        var lines: [String] = []
        while let name = files?.nextObject() as? String {
            guard !name.hasPrefix("posix/"), !name.hasPrefix("right/") else { continue }
            var status = stat()
            // What a link points at may change while the link stays.
            guard stat("\(path)/\(name)", &status) == 0 else { continue }
            isEmpty = false
            lines.append(
                "\(name) \(status.st_size) \(status.st_ino) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)")
        }
        // Folders list their files in any order.
        for line in lines.sorted() { hasher.combine(line) }
        return isEmpty ? 0 : hasher.finalize()
    }

    private func version(_ listing: String?) -> ZoneDataVersion {
        let named = ["+VERSION", "version"].lazy.compactMap { file in
            text(file).flatMap { Self.release($0.prefix { !$0.isNewline }) }.map { (file, $0) }
        }.first
        let listed = listing.flatMap { listing -> (String, String)? in
            let line = listing.prefix { !$0.isNewline }
            guard line.hasPrefix("# version ") else { return nil }
            return Self.release(line.dropFirst(10)).map { ("tzdata.zi", $0) }
        }
        if let (file, name) = listed ?? named {
            return ZoneDataVersion(name: name, modifiedOnDay: modifiedOnDay(file))
        }
        guard path == Self.standardPath, let package = DebianPackage.installedVersion(of: "tzdata") else {
            return .unknown
        }
        return ZoneDataVersion(name: Self.release(package.prefix { $0 != "-" && $0 != "+" }))
    }

    /// `2026f`, also where more follows, as in `2026f-dirty`; nil where a text is no release.
    private static func release(_ text: some StringProtocol) -> String? {
        let text = text.trimmingCharacters(in: .whitespaces)
        return text.prefixMatch(of: #/(19|20)\d\d[a-z]{1,2}/#) == nil ? nil : text
    }

    private func text(_ file: String) -> String? {
        FileManager.default.contents(atPath: "\(path)/\(file)").map { String(decoding: $0, as: UTF8.self) }
    }

    private func modifiedOnDay(_ file: String) -> Int64? {
        let values = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(file)")
        return (values?[.modificationDate] as? Date).map {
            Int64($0.timeIntervalSince1970.rounded(.down)).quotient(flooredBy: 86_400)
        }
    }

    /// `posix` repeats everything, `right` counts leap seconds, and the two others are no places.
    private static let skipped: Set<String> = ["posix", "right", "localtime", "posixrules"]

    private func collect(prefix: String, into files: inout [String: [UInt8]]) {
        let folder = prefix.isEmpty ? path : "\(path)/\(prefix)"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            if prefix.isEmpty, Self.skipped.contains(name) { continue }
            // Zones' names have no dot, and other files do: zone.tab, tzdata.zi.
            guard !name.contains("."), name.first?.isUppercase == true || !prefix.isEmpty else { continue }
            let zone = prefix.isEmpty ? name : "\(prefix)/\(name)"
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(path)/\(zone)", isDirectory: &isFolder) else { continue }
            if isFolder.boolValue {
                // Names have three parts at most; a link to a folder above would never end.
                if zone.split(separator: "/").count < 4 { collect(prefix: zone, into: &files) }
            } else if let data = FileManager.default.contents(atPath: "\(path)/\(zone)") {
                let bytes = [UInt8](data)
                if ZoneFile.isZoneFile(bytes) { files[zone] = bytes }
            }
        }
    }
}

/// There are no time zone data.
public struct ZoneDirectoryProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The folder that has none.
    public let path: String

    /// One sentence: what is missing, and what to do.
    public var description: String {
        path == ZoneDirectory.standardPath
            ? "There are no time zone data in \(path), so nobody's local time is known: install them with apt-get install tzdata."
            : "There are no time zone data in \(path), which TZDIR names: point it at a folder of TZif files, or unset it to use \(ZoneDirectory.standardPath)."
    }
}
