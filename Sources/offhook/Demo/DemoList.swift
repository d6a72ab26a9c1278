import Foundation

/// The demo's list, with what real exports hold.
enum DemoList {
    /// The demo's campaign folder in the source tree, or beside the installed data.
    static func folder() throws -> URL {
        let share = try ShareDirectory.find()
        let candidates = [share, share.deletingLastPathComponent()].map { $0.appendingPathComponent("campaigns/demo") }
        guard let found = candidates.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else {
            throw CommandFailure("The demo's campaign folder was not found beside \(share.path); reinstall Offhook.")
        }
        return found
    }

    /// Several ways of writing numbers, blanks, duplicates, a suppressed number and a wrong row.
    ///
    /// - Parameter contacts: how many people, up to 5,000; four rows more are duplicates and mistakes.
    static func csv(contacts: Int) -> String {
        let cities = ["212", "312", "617", "404", "215", "202", "704", "919"]
        var rows = ["Name,Phone,City"]
        for index in 1...contacts {
            let area = cities[index % cities.count]
            let last = 301 + index / cities.count
            let number =
                switch index % 4 {
                case 0: "(\(area)) 555-0\(last)"
                case 1: "\(area)-555-0\(last)"
                case 2: "+1 \(area) 555 0\(last)"
                default: "1.\(area).555.0\(last)"
                }
            rows.append("Contact \(index),\(number),City \(index % cities.count)")
        }
        rows.append("Same again,(212) 555-0302,New York")
        rows.append("No number,,Boston")
        rows.append("Barred,2125550306,New York")
        rows.append("Wrong,12-34,Chicago")
        return rows.joined(separator: "\r\n") + "\r\n"
    }
}
