import CallingRules
import CivilTime
import Foundation
import PhoneNumbers

extension ZoneClocks {
    /// The clocks of the system's zone data.
    init() { self.init(ZoneSource.system.data) }
}

extension ZoneClock {
    /// A clock of the system's zone data.
    init?(_ name: String) { self.init(name, in: ZoneSource.system.data) }
}

extension NumberAtlas {
    /// The tables of a folder, with the system's zone data.
    init(directory: URL) throws(AtlasProblem) {
        try self.init(directory: directory, clocks: ZoneSource.system.data)
    }
}
