import CivilTime
import Foundation
import PhoneNumbers

extension NumberAtlas {
    /// The tables of a folder, with the system's zone data.
    init(directory: URL) throws(AtlasProblem) {
        try self.init(directory: directory, clocks: ZoneSource.system.data)
    }
}
