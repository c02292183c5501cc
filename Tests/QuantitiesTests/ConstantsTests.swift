import Quantities
import Testing

/// The rounded constants agree with the exact products to the ten digits that CODATA prints.
@Suite struct ConstantsTests {
    @Test func derivedConstantsFollowFromTheDefiningOnes() {
        let faraday = Constants.avogadro * Constants.elementaryCharge
        #expect(abs(Constants.faraday / faraday - 1) < 1e-10)
        let gasConstant = Constants.avogadro * Constants.boltzmann
        #expect(abs(Constants.gasConstant / gasConstant - 1) < 1e-10)
        let electronvolt = Constants.boltzmann / Constants.elementaryCharge
        #expect(abs(Constants.boltzmannElectronvolt / electronvolt - 1) < 1e-10)
    }

    @Test func theElectronvoltIsTheElementaryChargeTimesOneVolt() throws {
        #expect(try Unit(parsing: "eV").factor == Constants.elementaryCharge)
        #expect(try Unit(parsing: "degC").offset == Constants.zeroCelsius)
    }
}
