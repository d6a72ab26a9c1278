import CallingRules
import CivilTime

extension ZoneClocks {
    /// The clocks of the system's zone data.
    init() { self.init(ZoneSource.system.data) }
}
