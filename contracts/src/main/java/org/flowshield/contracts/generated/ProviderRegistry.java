package org.flowshield.contracts.generated;

import io.reactivex.Flowable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import javax.annotation.processing.Generated;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.CustomError;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.StaticStruct;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes1;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Bytes4;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint48;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.abi.datatypes.generated.Uint96;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.RemoteCall;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.response.BaseEventResponse;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.tuples.generated.Tuple7;
import org.web3j.tx.Contract;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.ContractGasProvider;

/**
 * <p>Auto generated code.
 * <p><strong>Do not modify!</strong>
 * <p>Please use the <a href="https://docs.web3j.io/command_line.html">web3j command line tools</a>,
 * or the org.web3j.codegen.SolidityFunctionWrapperGenerator in the 
 * <a href="https://github.com/LFDT-web3j/web3j/tree/main/codegen">codegen module</a> to update.
 *
 * <p>Generated with web3j version 5.0.2.
 */
@SuppressWarnings({"rawtypes", "unchecked", "cast", "deprecation", "this-escape"})
@Generated("org.web3j.codegen.SolidityFunctionWrapperGenerator")
public class ProviderRegistry extends Contract {
    public static final String BINARY = "6101c0604052348015610010575f5ffd5b5060405161238b38038061238b83398101604081905261002f916102c2565b80856040518060400160405280601b81526020017f466c6f77536869656c642050726f766964657252656769737472790000000000815250604051806040016040528060018152602001603160f81b815250610090826101c260201b60201c565b6101205261009d816101c2565b61014052815160208084019190912060e052815190820120610100524660a05261012960e05161010051604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201529081019290925260608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b60805250503060c0526001600160a01b03166101605261014881610208565b506001600160a01b0385161580159061016957506001600160a01b03841615155b801561017d57506001600160a01b03831615155b61019a5760405163d92e233d60e01b815260040160405180910390fd5b6001600160a01b038085166101805283166101a0526101b88261025d565b5050505050610399565b5f5f829050601f815111156101f5578260405163305a27a960e01b81526004016101ec919061033e565b60405180910390fd5b805161020082610373565b179392505050565b600480546001600160a01b0319166001600160a01b0383169081179091556040519081527f2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad906020015b60405180910390a150565b600580546001600160601b0319166001600160601b0383169081179091556040519081527f922257ca1f1f63c3a63724df7d6213ced5fb52af35ac3c1beaf7041ae51e3c4f90602001610252565b6001600160a01b03811681146102bf575f5ffd5b50565b5f5f5f5f5f60a086880312156102d6575f5ffd5b85516102e1816102ab565b60208701519095506102f2816102ab565b6040870151909450610303816102ab565b60608701519093506001600160601b038116811461031f575f5ffd5b6080870151909250610330816102ab565b809150509295509295909350565b602081525f82518060208401528060208501604085015e5f604082850101526040601f19601f83011684010191505092915050565b80516020808301519190811015610393575f198160200360031b1b821691505b50919050565b60805160a05160c05160e05161010051610120516101405161016051610180516101a051611f6061042b5f395f81816102bb0152610d0201525f8181610252015281816108400152610b2a01525f81816101d2015281816110cb015261111801525f61124001525f61121501525f610eba01525f610e9201525f610ded01525f610e1701525f610e410152611f605ff3fe608060405234801561000f575f5ffd5b5060043610610179575f3560e01c806368a4eb3b116100d25780639573b34c11610088578063bf7e214f11610063578063bf7e214f1461038d578063e9fad8ee1461039e578063fbaf094a146103a6575f5ffd5b80639573b34c146103545780639f8a13d714610367578063bef376131461037a575f5ffd5b80637ecebe00116100b85780637ecebe00146102f057806384b0196e146103185780638fb3603714610333575f5ffd5b806368a4eb3b146102b65780637a9e5e4b146102dd575f5ffd5b8063375b3c0a1161013257806345ec4b561161010d57806345ec4b56146102875780635285f3411461029a5780636192ed46146102ad575f5ffd5b8063375b3c0a14610222578063411557d11461024d578063449ecfe614610274575f5ffd5b8063156781111161016257806315678111146101ba5780633189097b146101cd5780633644e5151461020c575f5ffd5b80630e5ceb471461017d57806311e447b814610192575b5f5ffd5b61019061018b366004611a95565b6103c6565b005b6101a56101a0366004611aff565b6103d9565b60405190151581526020015b60405180910390f35b6101906101c8366004611a95565b6103e9565b6101f47f000000000000000000000000000000000000000000000000000000000000000081565b6040516001600160a01b0390911681526020016101b1565b610214610499565b6040519081526020016101b1565b600554610235906001600160601b031681565b6040516001600160601b0390911681526020016101b1565b6101f47f000000000000000000000000000000000000000000000000000000000000000081565b610190610282366004611aff565b6104a7565b610190610295366004611b2e565b610507565b6101906102a8366004611c0e565b6105f4565b61021461010081565b6101f47f000000000000000000000000000000000000000000000000000000000000000081565b6101906102eb366004611aff565b610609565b6102146102fe366004611aff565b6001600160a01b03165f9081526002602052604090205490565b61032061069b565b6040516101b19796959493929190611c57565b61033b6106f9565b6040516001600160e01b031990911681526020016101b1565b610190610362366004611d09565b610736565b6101a5610375366004611aff565b6107c3565b610214610388366004611d4f565b6108ca565b6004546001600160a01b03166101f4565b610190610956565b6103b96103b4366004611aff565b6109e1565b6040516101b19190611dbf565b6103d33385858585610a9b565b50505050565b5f6103e3826107c3565b92915050565b6001335f9081526006602052604090205460ff16600281111561040e5761040e611d8f565b14339061043f5760405163bfc6c33760e01b81526001600160a01b0390911660048201526024015b60405180910390fd5b5061044d3385858585610c82565b83336001600160a01b03167f83acb9e81ebf736a1161532762a684bab0ab7fd9bf5c0c6cddfd4b6e2ca2b54a85858560405161048b93929190611e39565b60405180910390a350505050565b5f6104a2610de1565b905090565b6104b3335b5f36610f0a565b6001600160a01b0381165f8181526006602052604080822080546cffffffffffff0000000000000019169055517ffa5039497ad9ba11f0eb5239b2614e925541bbcc0cf3476dd68e1927c86d33ff9190a250565b5f7f54bd15abf0adb77821683cf8d9cab787bde2f171e04a2dcea40803f9858d81218b8b8b8b8b60405161053c929190611e52565b60405180910390208960200160208101906105579190611c0e565b6040805160208101979097526001600160a01b03909516868601526060860193909352608085019190915260a08401526001600160601b031660c083015260e08201889052860135610100820152610120016040516020818303038152906040528051906020012090506105cf8b8288888888611019565b6105dc8b8b8b8b8b610a9b565b6105e78b8684611038565b5050505050505050505050565b6105fd336104ac565b6106068161114e565b50565b60045433906001600160a01b031681146106405760405162d1953b60e31b81526001600160a01b0382166004820152602401610436565b816001600160a01b03163b5f0361068e576040517fc2f31e5e0000000000000000000000000000000000000000000000000000000081526001600160a01b0383166004820152602401610436565b610697826111a8565b5050565b5f6060805f5f5f60606106ac61120e565b6106b4611239565b604080515f808252602082019092527f0f000000000000000000000000000000000000000000000000000000000000009b939a50919850469750309650945092509050565b6004545f90600160a01b900460ff1661071157505f90565b507f8fb360370000000000000000000000000000000000000000000000000000000090565b61073f336104ac565b6001600160a01b0383165f8181526006602090815260409182902080546cffffffffffff00000000000000191667010000000000000065ffffffffffff88169081029190911790915582519081529081018490527ffc7a46a5812080595d06bb5f10fae48b96e7910bd99084413218f8279a5d5d8e910160405180910390a2505050565b6001600160a01b0381165f9081526006602052604081206001815460ff1660028111156107f2576107f2611d8f565b14801561081357508054670100000000000000900465ffffffffffff164210155b80156108c3575060055460405163ad9159fd60e01b81526001600160601b03909116906001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000169063ad9159fd90610878908790600190600401611e61565b602060405180830381865afa158015610893573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906108b79190611e87565b6001600160601b031610155b9392505050565b5f6001600160c01b0382161561093a576001600160a01b0383165f9081526003602090815260408083206001600160c01b038616845290915290205461093590839067ffffffffffffffff1667ffffffffffffffff1660409190911b67ffffffffffffffff19161790565b6108c3565b50506001600160a01b03165f9081526002602052604090205490565b335f9081526006602052604090206001815460ff16600281111561097c5761097c611d8f565b1433906109a85760405163bfc6c33760e01b81526001600160a01b039091166004820152602401610436565b50805460ff1916600217815560405133907faa5cfc974bd759f818e3e18a4afc9d79daaa0722158497792100a1fddd13e193905f90a250565b6040805160a0810182525f808252602082018190529181018290526060810182905260808101919091526001600160a01b0382165f9081526006602052604090819020815160a081019092528054829060ff166002811115610a4557610a45611d8f565b6002811115610a5657610a56611d8f565b8152815465ffffffffffff6101008204811660208401526701000000000000009091041660408201526001820154606082015260029091015460809091015292915050565b6001600160a01b0385165f9081526006602052604090206001815460ff166002811115610aca57610aca611d8f565b14158690610b10576040517f45ed80e90000000000000000000000000000000000000000000000000000000081526001600160a01b039091166004820152602401610436565b5060405163ad9159fd60e01b81525f906001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000169063ad9159fd90610b62908a90600190600401611e61565b602060405180830381865afa158015610b7d573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190610ba19190611e87565b60055490915081906001600160601b03908116908216811115610c03576040517f0bb73f110000000000000000000000000000000000000000000000000000000081526001600160601b03928316600482015291166024820152604401610436565b5050815465ffffffffffff42166101000266ffffffffffffff19909116176001178255610c338787878787610c82565b85876001600160a01b03167f3b6651dcb281d2d5eb3e439ecd1b03a03d8f2cf6599957fe8bd27eb1ebbf2b66878787604051610c7193929190611e39565b60405180910390a350505050505050565b80610100811115610cc2576040517f462dac9f00000000000000000000000000000000000000000000000000000000815260040161043691815260200190565b506040517f16428b310000000000000000000000000000000000000000000000000000000081526001600160a01b038681166004830152602482018690527f000000000000000000000000000000000000000000000000000000000000000016906316428b3190604401602060405180830381865afa158015610d47573d5f5f3e3d5ffd5b505050506040513d601f19601f82011682018060405250810190610d6b9190611ea2565b85859091610db6576040517f504a3b650000000000000000000000000000000000000000000000000000000081526001600160a01b0390921660048301526024820152604401610436565b505050506001600160a01b03929092165f908152600660205260409020600181019190915560020155565b5f306001600160a01b037f000000000000000000000000000000000000000000000000000000000000000016148015610e3957507f000000000000000000000000000000000000000000000000000000000000000046145b15610e6357507f000000000000000000000000000000000000000000000000000000000000000090565b6104a2604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201527f0000000000000000000000000000000000000000000000000000000000000000918101919091527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b5f5f610f3e610f216004546001600160a01b031690565b8630610f3060045f898b611ec1565b610f3991611ee8565b611264565b91509150816110125763ffffffff811615610fef576004805460ff60a01b198116600160a01b1782556040517f94c7d7ee0000000000000000000000000000000000000000000000000000000081526001600160a01b03909116916394c7d7ee91610faf9189918991899101611f1e565b5f604051808303815f87803b158015610fc6575f5ffd5b505af1158015610fd8573d5f5f3e3d5ffd5b50506004805460ff60a01b19169055506110129050565b60405162d1953b60e31b81526001600160a01b0386166004820152602401610436565b5050505050565b6110268686858585611324565b6110308685611395565b505050505050565b6110456020830183611c0e565b6001600160601b03165f0361105957505050565b336001600160a01b0384167f34f0840b474552e454873cc051e1dd1dabc05712d70217201c47b8f5b44cae976110926020860186611c0e565b6040516001600160601b03909116815260200160405180910390a36110fc836110c16040850160208601611c0e565b6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001691906001600160601b0316846113eb565b611149833361110e6020860186611c0e565b6001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000169291906001600160601b031661149a565b505050565b600580546bffffffffffffffffffffffff19166001600160601b0383169081179091556040519081527f922257ca1f1f63c3a63724df7d6213ced5fb52af35ac3c1beaf7041ae51e3c4f906020015b60405180910390a150565b600480547fffffffffffffffffffffffff0000000000000000000000000000000000000000166001600160a01b0383169081179091556040519081527f2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad9060200161119d565b60606104a27f00000000000000000000000000000000000000000000000000000000000000006114e9565b60606104a27f00000000000000000000000000000000000000000000000000000000000000006114e9565b6040516001600160a01b038085166024830152831660448201526001600160e01b0319821660648201525f908190819060840160408051601f19818403018152918152602080830180517bffffffffffffffffffffffffffffffffffffffffffffffffffffffff167fb7009613000000000000000000000000000000000000000000000000000000001781525f808052918290528351939450919290918a5afa1561131a575f516020805191945081901c150291505b5094509492505050565b5f61133185858585611526565b9050856001600160a01b0316816001600160a01b031614819061138c576040517f32c15fc20000000000000000000000000000000000000000000000000000000081526001600160a01b039091166004820152602401610436565b50505050505050565b604081901c5f8190036113ac576111498383611621565b5f6113b78483611673565b90508083146103d3576040516301d4b62360e61b81526001600160a01b038516600482015260248101829052604401610436565b6001600160a01b03841663d505accf843085853561140f6040880160208901611f40565b604080516001600160e01b031960e089901b1681526001600160a01b0396871660048201529590941660248601526044850192909252606484015260ff16608483015284013560a4820152606084013560c482015260e4015f604051808303815f87803b15801561147e575f5ffd5b505af192505050801561148f575060015b156103d35750505050565b6114a8848484846001611707565b6103d3576040517f5274afe70000000000000000000000000000000000000000000000000000000081526001600160a01b0385166004820152602401610436565b60605f6114f58361178d565b6040805160208082528183019092529192505f91906020820181803683375050509182525060208101929092525090565b5f604084013542811015611569576040517fcd21db4f00000000000000000000000000000000000000000000000000000000815260040161043691815260200190565b5061157a6040850160208601611c0e565b6001600160601b03166115906020860186611c0e565b6001600160601b031611156115a86020860186611c0e565b6115b86040870160208801611c0e565b9091611603576040517f151dd7da0000000000000000000000000000000000000000000000000000000081526001600160601b03928316600482015291166024820152604401610436565b5050611618611611866117cd565b8484611814565b95945050505050565b6001600160a01b0382165f908152600260205260409020805460018101909155818114611149576040516301d4b62360e61b81526001600160a01b038416600482015260248101829052604401610436565b5f6001600160c01b038216156116e2576001600160a01b0383165f9081526003602090815260408083206001600160c01b038616845290915290819020805467ffffffffffffffff19808216600167ffffffffffffffff938416908101909316179092559184901b16176108c3565b6001600160a01b0383165f9081526002602052604090208054600181019091556108c3565b6040517f23b872dd000000000000000000000000000000000000000000000000000000005f8181526001600160a01b038781166004528616602452604485905291602083606481808c5af1925060015f5114831661177c578383151615611770573d5f823e3d81fd5b5f883b113d1516831692505b604052505f60605295945050505050565b5f60ff8216601f8111156103e3576040517fb3512b0c00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f6103e36117d9610de1565b836040517f19010000000000000000000000000000000000000000000000000000000000008152600281019290925260228201526042902090565b5f5f5f5f61182387878761183e565b9250925092506118338282611885565b509095945050505050565b5f80806041849003611872578435602086013560408701355f1a61186489828585611988565b95509550955050505061187c565b505f915060029050825b93509350939050565b5f82600381111561189857611898611d8f565b036118a1575050565b60018260038111156118b5576118b5611d8f565b036118ec576040517ff645eedf00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b600282600381111561190057611900611d8f565b0361193a576040517ffce698f700000000000000000000000000000000000000000000000000000000815260048101829052602401610436565b600382600381111561194e5761194e611d8f565b03610697576040517fd78bce0c00000000000000000000000000000000000000000000000000000000815260048101829052602401610436565b5f80807f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411156119c157505f91506003905082611a46565b604080515f808252602082018084528a905260ff891692820192909252606081018790526080810186905260019060a0016020604051602081039080840390855afa158015611a12573d5f5f3e3d5ffd5b5050604051601f1901519150506001600160a01b038116611a3d57505f925060019150829050611a46565b92505f91508190505b9450945094915050565b5f5f83601f840112611a60575f5ffd5b50813567ffffffffffffffff811115611a77575f5ffd5b602083019150836020828501011115611a8e575f5ffd5b9250929050565b5f5f5f5f60608587031215611aa8575f5ffd5b8435935060208501359250604085013567ffffffffffffffff811115611acc575f5ffd5b611ad887828801611a50565b95989497509550505050565b80356001600160a01b0381168114611afa575f5ffd5b919050565b5f60208284031215611b0f575f5ffd5b6108c382611ae4565b5f60808284031215611b28575f5ffd5b50919050565b5f5f5f5f5f5f5f5f5f5f6101a08b8d031215611b48575f5ffd5b611b518b611ae4565b995060208b0135985060408b0135975060608b013567ffffffffffffffff811115611b7a575f5ffd5b611b868d828e01611a50565b9150809850508096505060808b0135945060a08b015f6060828f031215611bab575f5ffd5b5093506101008b013567ffffffffffffffff811115611bc8575f5ffd5b611bd48d828e01611a50565b9094509250611be990508c6101208d01611b18565b90509295989b9194979a5092959850565b6001600160601b0381168114610606575f5ffd5b5f60208284031215611c1e575f5ffd5b81356108c381611bfa565b5f81518084528060208401602086015e5f602082860101526020601f19601f83011685010191505092915050565b7fff000000000000000000000000000000000000000000000000000000000000008816815260e060208201525f611c9160e0830189611c29565b8281036040840152611ca38189611c29565b606084018890526001600160a01b038716608085015260a0840186905283810360c0850152845180825260208087019350909101905f5b81811015611cf8578351835260209384019390920191600101611cda565b50909b9a5050505050505050505050565b5f5f5f60608486031215611d1b575f5ffd5b611d2484611ae4565b9250602084013565ffffffffffff81168114611d3e575f5ffd5b929592945050506040919091013590565b5f5f60408385031215611d60575f5ffd5b611d6983611ae4565b915060208301356001600160c01b0381168114611d84575f5ffd5b809150509250929050565b634e487b7160e01b5f52602160045260245ffd5b6003811061060657634e487b7160e01b5f52602160045260245ffd5b815160a0820190611dcf81611da3565b8083525065ffffffffffff602084015116602083015265ffffffffffff6040840151166040830152606083015160608301526080830151608083015292915050565b81835281816020850137505f828201602090810191909152601f909101601f19169091010190565b838152604060208201525f611618604083018486611e11565b818382375f9101908152919050565b6001600160a01b038316815260408101611e7a83611da3565b8260208301529392505050565b5f60208284031215611e97575f5ffd5b81516108c381611bfa565b5f60208284031215611eb2575f5ffd5b815180151581146108c3575f5ffd5b5f5f85851115611ecf575f5ffd5b83861115611edb575f5ffd5b5050820193919092039150565b80356001600160e01b03198116906004841015611f17576001600160e01b0319808560040360031b1b82161691505b5092915050565b6001600160a01b0384168152604060208201525f611618604083018486611e11565b5f60208284031215611f50575f5ffd5b813560ff811681146108c3575f5ffd";

    private static String librariesLinkedBinary;

    public static final String FUNC_DOMAIN_SEPARATOR = "DOMAIN_SEPARATOR";

    public static final String FUNC_FLOW = "FLOW";

    public static final String FUNC_IDENTITIES = "IDENTITIES";

    public static final String FUNC_MAX_URI = "MAX_URI";

    public static final String FUNC_VAULT = "VAULT";

    public static final String FUNC_AUTHORITY = "authority";

    public static final String FUNC_EIP712DOMAIN = "eip712Domain";

    public static final String FUNC_EXIT = "exit";

    public static final String FUNC_ISACTIVE = "isActive";

    public static final String FUNC_ISCONSUMINGSCHEDULEDOP = "isConsumingScheduledOp";

    public static final String FUNC_JAIL = "jail";

    public static final String FUNC_MAYRECEIVE = "mayReceive";

    public static final String FUNC_MINSTAKE = "minStake";

    public static final String FUNC_nonces = "nonces";

    public static final String FUNC_PROVIDER = "provider";

    public static final String FUNC_REGISTER = "register";

    public static final String FUNC_REGISTERFOR = "registerFor";

    public static final String FUNC_SETAUTHORITY = "setAuthority";

    public static final String FUNC_SETMINSTAKE = "setMinStake";

    public static final String FUNC_UNJAIL = "unjail";

    public static final String FUNC_UPDATE = "update";

    public static final Event AUTHORITYUPDATED_EVENT = new Event("AuthorityUpdated", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}));
    ;

    public static final Event EIP712DOMAINCHANGED_EVENT = new Event("EIP712DomainChanged", 
            Arrays.<TypeReference<?>>asList());
    ;

    public static final Event EXITED_EVENT = new Event("Exited", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>(true) {}));
    ;

    public static final Event JAILED_EVENT = new Event("Jailed", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>(true) {}, new TypeReference<Uint48>() {}, new TypeReference<Bytes32>() {}));
    ;

    public static final Event MINSTAKESET_EVENT = new Event("MinStakeSet", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Uint96>() {}));
    ;

    public static final Event REGISTERED_EVENT = new Event("Registered", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>(true) {}, new TypeReference<Bytes32>(true) {}, new TypeReference<Bytes32>() {}, new TypeReference<Utf8String>() {}));
    ;

    public static final Event RELAYERPAID_EVENT = new Event("RelayerPaid", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>(true) {}, new TypeReference<Address>(true) {}, new TypeReference<Uint96>() {}));
    ;

    public static final Event UNJAILED_EVENT = new Event("Unjailed", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>(true) {}));
    ;

    public static final Event UPDATED_EVENT = new Event("Updated", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>(true) {}, new TypeReference<Bytes32>(true) {}, new TypeReference<Bytes32>() {}, new TypeReference<Utf8String>() {}));
    ;

    public static final CustomError ACCESSMANAGEDINVALIDAUTHORITY_ERROR = new CustomError("AccessManagedInvalidAuthority", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}));
    ;

    public static final CustomError ACCESSMANAGEDREQUIREDDELAY_ERROR = new CustomError("AccessManagedRequiredDelay", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}, new TypeReference<Uint32>() {}));
    ;

    public static final CustomError ACCESSMANAGEDUNAUTHORIZED_ERROR = new CustomError("AccessManagedUnauthorized", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}));
    ;

    public static final CustomError ALREADYREGISTERED_ERROR = new CustomError("AlreadyRegistered", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}));
    ;

    public static final CustomError ECDSAINVALIDSIGNATURE_ERROR = new CustomError("ECDSAInvalidSignature", 
            Arrays.<TypeReference<?>>asList());
    ;

    public static final CustomError ECDSAINVALIDSIGNATURELENGTH_ERROR = new CustomError("ECDSAInvalidSignatureLength", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Uint256>() {}));
    ;

    public static final CustomError ECDSAINVALIDSIGNATURES_ERROR = new CustomError("ECDSAInvalidSignatureS", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Bytes32>() {}));
    ;

    public static final CustomError FEEABOVEMAXIMUM_ERROR = new CustomError("FeeAboveMaximum", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Uint96>() {}, new TypeReference<Uint96>() {}));
    ;

    public static final CustomError INVALIDACCOUNTNONCE_ERROR = new CustomError("InvalidAccountNonce", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}, new TypeReference<Uint256>() {}));
    ;

    public static final CustomError INVALIDSHORTSTRING_ERROR = new CustomError("InvalidShortString", 
            Arrays.<TypeReference<?>>asList());
    ;

    public static final CustomError NOTBOUND_ERROR = new CustomError("NotBound", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}, new TypeReference<Bytes32>() {}));
    ;

    public static final CustomError NOTREGISTERED_ERROR = new CustomError("NotRegistered", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}));
    ;

    public static final CustomError SAFEERC20FAILEDOPERATION_ERROR = new CustomError("SafeERC20FailedOperation", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}));
    ;

    public static final CustomError SIGNATUREEXPIRED_ERROR = new CustomError("SignatureExpired", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Uint256>() {}));
    ;

    public static final CustomError STAKETOOSMALL_ERROR = new CustomError("StakeTooSmall", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Uint96>() {}, new TypeReference<Uint96>() {}));
    ;

    public static final CustomError STRINGTOOLONG_ERROR = new CustomError("StringTooLong", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Utf8String>() {}));
    ;

    public static final CustomError URITOOLONG_ERROR = new CustomError("UriTooLong", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Uint256>() {}));
    ;

    public static final CustomError WRONGSIGNER_ERROR = new CustomError("WrongSigner", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}));
    ;

    public static final CustomError ZEROADDRESS_ERROR = new CustomError("ZeroAddress", 
            Arrays.<TypeReference<?>>asList());
    ;

    @Deprecated
    protected ProviderRegistry(String contractAddress, Web3j web3j, Credentials credentials,
            BigInteger gasPrice, BigInteger gasLimit) {
        super(BINARY, contractAddress, web3j, credentials, gasPrice, gasLimit);
    }

    protected ProviderRegistry(String contractAddress, Web3j web3j, Credentials credentials,
            ContractGasProvider contractGasProvider) {
        super(BINARY, contractAddress, web3j, credentials, contractGasProvider);
    }

    @Deprecated
    protected ProviderRegistry(String contractAddress, Web3j web3j,
            TransactionManager transactionManager, BigInteger gasPrice, BigInteger gasLimit) {
        super(BINARY, contractAddress, web3j, transactionManager, gasPrice, gasLimit);
    }

    protected ProviderRegistry(String contractAddress, Web3j web3j,
            TransactionManager transactionManager, ContractGasProvider contractGasProvider) {
        super(BINARY, contractAddress, web3j, transactionManager, contractGasProvider);
    }

    public RemoteFunctionCall<byte[]> DOMAIN_SEPARATOR() {
        final Function function = new Function(FUNC_DOMAIN_SEPARATOR, 
                Arrays.<Type>asList(), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Bytes32>() {}));
        return executeRemoteCallSingleValueReturn(function, byte[].class);
    }

    public RemoteFunctionCall<String> FLOW() {
        final Function function = new Function(FUNC_FLOW, 
                Arrays.<Type>asList(), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}));
        return executeRemoteCallSingleValueReturn(function, String.class);
    }

    public RemoteFunctionCall<String> IDENTITIES() {
        final Function function = new Function(FUNC_IDENTITIES, 
                Arrays.<Type>asList(), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}));
        return executeRemoteCallSingleValueReturn(function, String.class);
    }

    public RemoteFunctionCall<BigInteger> MAX_URI() {
        final Function function = new Function(FUNC_MAX_URI, 
                Arrays.<Type>asList(), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Uint256>() {}));
        return executeRemoteCallSingleValueReturn(function, BigInteger.class);
    }

    public RemoteFunctionCall<String> VAULT() {
        final Function function = new Function(FUNC_VAULT, 
                Arrays.<Type>asList(), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}));
        return executeRemoteCallSingleValueReturn(function, String.class);
    }

    public RemoteFunctionCall<String> authority() {
        final Function function = new Function(FUNC_AUTHORITY, 
                Arrays.<Type>asList(), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}));
        return executeRemoteCallSingleValueReturn(function, String.class);
    }

    public RemoteFunctionCall<Tuple7<byte[], String, String, BigInteger, String, byte[], List<BigInteger>>> eip712Domain(
            ) {
        final Function function = new Function(FUNC_EIP712DOMAIN, 
                Arrays.<Type>asList(), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Bytes1>() {}, new TypeReference<Utf8String>() {}, new TypeReference<Utf8String>() {}, new TypeReference<Uint256>() {}, new TypeReference<Address>() {}, new TypeReference<Bytes32>() {}, new TypeReference<DynamicArray<Uint256>>() {}));
        return new RemoteFunctionCall<Tuple7<byte[], String, String, BigInteger, String, byte[], List<BigInteger>>>(function,
                new Callable<Tuple7<byte[], String, String, BigInteger, String, byte[], List<BigInteger>>>() {
                    @Override
                    public Tuple7<byte[], String, String, BigInteger, String, byte[], List<BigInteger>> call(
                            ) throws Exception {
                        List<Type> results = executeCallMultipleValueReturn(function);
                        return new Tuple7<byte[], String, String, BigInteger, String, byte[], List<BigInteger>>(
                                (byte[]) results.get(0).getValue(), 
                                (String) results.get(1).getValue(), 
                                (String) results.get(2).getValue(), 
                                (BigInteger) results.get(3).getValue(), 
                                (String) results.get(4).getValue(), 
                                (byte[]) results.get(5).getValue(), 
                                convertToNative((List<Uint256>) results.get(6).getValue()));
                    }
                });
    }

    public RemoteFunctionCall<TransactionReceipt> exit() {
        final Function function = new Function(
                FUNC_EXIT, 
                Arrays.<Type>asList(), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public RemoteFunctionCall<Boolean> isActive(String wallet) {
        final Function function = new Function(FUNC_ISACTIVE, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, wallet)), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Bool>() {}));
        return executeRemoteCallSingleValueReturn(function, Boolean.class);
    }

    public RemoteFunctionCall<byte[]> isConsumingScheduledOp() {
        final Function function = new Function(FUNC_ISCONSUMINGSCHEDULEDOP, 
                Arrays.<Type>asList(), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Bytes4>() {}));
        return executeRemoteCallSingleValueReturn(function, byte[].class);
    }

    public RemoteFunctionCall<TransactionReceipt> jail(String wallet, BigInteger until,
            byte[] reason) {
        final Function function = new Function(
                FUNC_JAIL, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, wallet), 
                new org.web3j.abi.datatypes.generated.Uint48(until), 
                new org.web3j.abi.datatypes.generated.Bytes32(reason)), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public RemoteFunctionCall<Boolean> mayReceive(String payee) {
        final Function function = new Function(FUNC_MAYRECEIVE, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, payee)), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Bool>() {}));
        return executeRemoteCallSingleValueReturn(function, Boolean.class);
    }

    public RemoteFunctionCall<BigInteger> minStake() {
        final Function function = new Function(FUNC_MINSTAKE, 
                Arrays.<Type>asList(), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Uint96>() {}));
        return executeRemoteCallSingleValueReturn(function, BigInteger.class);
    }

    public RemoteFunctionCall<BigInteger> nonces(String owner) {
        final Function function = new Function(FUNC_nonces, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, owner)), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Uint256>() {}));
        return executeRemoteCallSingleValueReturn(function, BigInteger.class);
    }

    public RemoteFunctionCall<BigInteger> nonces(String owner, BigInteger key) {
        final Function function = new Function(FUNC_nonces, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, owner), 
                new org.web3j.abi.datatypes.generated.Uint192(key)), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Uint256>() {}));
        return executeRemoteCallSingleValueReturn(function, BigInteger.class);
    }

    public RemoteFunctionCall<Provider> provider(String wallet) {
        final Function function = new Function(FUNC_PROVIDER, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, wallet)), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Provider>() {}));
        return executeRemoteCallSingleValueReturn(function, Provider.class);
    }

    public RemoteFunctionCall<TransactionReceipt> register(byte[] nodeKey, byte[] metaHash,
            String uri) {
        final Function function = new Function(
                FUNC_REGISTER, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Bytes32(nodeKey), 
                new org.web3j.abi.datatypes.generated.Bytes32(metaHash), 
                new org.web3j.abi.datatypes.Utf8String(uri)), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public RemoteFunctionCall<TransactionReceipt> registerFor(String wallet, byte[] nodeKey,
            byte[] metaHash, String uri, BigInteger nonce, Meta meta, byte[] signature,
            Permit permit) {
        final Function function = new Function(
                FUNC_REGISTERFOR, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, wallet), 
                new org.web3j.abi.datatypes.generated.Bytes32(nodeKey), 
                new org.web3j.abi.datatypes.generated.Bytes32(metaHash), 
                new org.web3j.abi.datatypes.Utf8String(uri), 
                new org.web3j.abi.datatypes.generated.Uint256(nonce), 
                meta, 
                new org.web3j.abi.datatypes.DynamicBytes(signature), 
                permit), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public RemoteFunctionCall<TransactionReceipt> setAuthority(String newAuthority) {
        final Function function = new Function(
                FUNC_SETAUTHORITY, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, newAuthority)), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public RemoteFunctionCall<TransactionReceipt> setMinStake(BigInteger least) {
        final Function function = new Function(
                FUNC_SETMINSTAKE, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Uint96(least)), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public RemoteFunctionCall<TransactionReceipt> unjail(String wallet) {
        final Function function = new Function(
                FUNC_UNJAIL, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, wallet)), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public RemoteFunctionCall<TransactionReceipt> update(byte[] nodeKey, byte[] metaHash,
            String uri) {
        final Function function = new Function(
                FUNC_UPDATE, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Bytes32(nodeKey), 
                new org.web3j.abi.datatypes.generated.Bytes32(metaHash), 
                new org.web3j.abi.datatypes.Utf8String(uri)), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public static List<AuthorityUpdatedEventResponse> getAuthorityUpdatedEvents(
            TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(AUTHORITYUPDATED_EVENT, transactionReceipt);
        ArrayList<AuthorityUpdatedEventResponse> responses = new ArrayList<AuthorityUpdatedEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            AuthorityUpdatedEventResponse typedResponse = new AuthorityUpdatedEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.authority = (String) eventValues.getNonIndexedValues().get(0).getValue();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static AuthorityUpdatedEventResponse getAuthorityUpdatedEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(AUTHORITYUPDATED_EVENT, log);
        AuthorityUpdatedEventResponse typedResponse = new AuthorityUpdatedEventResponse();
        typedResponse.log = log;
        typedResponse.authority = (String) eventValues.getNonIndexedValues().get(0).getValue();
        return typedResponse;
    }

    public Flowable<AuthorityUpdatedEventResponse> authorityUpdatedEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getAuthorityUpdatedEventFromLog(log));
    }

    public Flowable<AuthorityUpdatedEventResponse> authorityUpdatedEventFlowable(
            DefaultBlockParameter startBlock, DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(AUTHORITYUPDATED_EVENT));
        return authorityUpdatedEventFlowable(filter);
    }

    public static List<EIP712DomainChangedEventResponse> getEIP712DomainChangedEvents(
            TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(EIP712DOMAINCHANGED_EVENT, transactionReceipt);
        ArrayList<EIP712DomainChangedEventResponse> responses = new ArrayList<EIP712DomainChangedEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            EIP712DomainChangedEventResponse typedResponse = new EIP712DomainChangedEventResponse();
            typedResponse.log = eventValues.getLog();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static EIP712DomainChangedEventResponse getEIP712DomainChangedEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(EIP712DOMAINCHANGED_EVENT, log);
        EIP712DomainChangedEventResponse typedResponse = new EIP712DomainChangedEventResponse();
        typedResponse.log = log;
        return typedResponse;
    }

    public Flowable<EIP712DomainChangedEventResponse> eIP712DomainChangedEventFlowable(
            EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getEIP712DomainChangedEventFromLog(log));
    }

    public Flowable<EIP712DomainChangedEventResponse> eIP712DomainChangedEventFlowable(
            DefaultBlockParameter startBlock, DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(EIP712DOMAINCHANGED_EVENT));
        return eIP712DomainChangedEventFlowable(filter);
    }

    public static List<ExitedEventResponse> getExitedEvents(TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(EXITED_EVENT, transactionReceipt);
        ArrayList<ExitedEventResponse> responses = new ArrayList<ExitedEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            ExitedEventResponse typedResponse = new ExitedEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.wallet = (String) eventValues.getIndexedValues().get(0).getValue();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static ExitedEventResponse getExitedEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(EXITED_EVENT, log);
        ExitedEventResponse typedResponse = new ExitedEventResponse();
        typedResponse.log = log;
        typedResponse.wallet = (String) eventValues.getIndexedValues().get(0).getValue();
        return typedResponse;
    }

    public Flowable<ExitedEventResponse> exitedEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getExitedEventFromLog(log));
    }

    public Flowable<ExitedEventResponse> exitedEventFlowable(DefaultBlockParameter startBlock,
            DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(EXITED_EVENT));
        return exitedEventFlowable(filter);
    }

    public static List<JailedEventResponse> getJailedEvents(TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(JAILED_EVENT, transactionReceipt);
        ArrayList<JailedEventResponse> responses = new ArrayList<JailedEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            JailedEventResponse typedResponse = new JailedEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.wallet = (String) eventValues.getIndexedValues().get(0).getValue();
            typedResponse.until = (BigInteger) eventValues.getNonIndexedValues().get(0).getValue();
            typedResponse.reason = (byte[]) eventValues.getNonIndexedValues().get(1).getValue();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static JailedEventResponse getJailedEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(JAILED_EVENT, log);
        JailedEventResponse typedResponse = new JailedEventResponse();
        typedResponse.log = log;
        typedResponse.wallet = (String) eventValues.getIndexedValues().get(0).getValue();
        typedResponse.until = (BigInteger) eventValues.getNonIndexedValues().get(0).getValue();
        typedResponse.reason = (byte[]) eventValues.getNonIndexedValues().get(1).getValue();
        return typedResponse;
    }

    public Flowable<JailedEventResponse> jailedEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getJailedEventFromLog(log));
    }

    public Flowable<JailedEventResponse> jailedEventFlowable(DefaultBlockParameter startBlock,
            DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(JAILED_EVENT));
        return jailedEventFlowable(filter);
    }

    public static List<MinStakeSetEventResponse> getMinStakeSetEvents(
            TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(MINSTAKESET_EVENT, transactionReceipt);
        ArrayList<MinStakeSetEventResponse> responses = new ArrayList<MinStakeSetEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            MinStakeSetEventResponse typedResponse = new MinStakeSetEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.minStake = (BigInteger) eventValues.getNonIndexedValues().get(0).getValue();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static MinStakeSetEventResponse getMinStakeSetEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(MINSTAKESET_EVENT, log);
        MinStakeSetEventResponse typedResponse = new MinStakeSetEventResponse();
        typedResponse.log = log;
        typedResponse.minStake = (BigInteger) eventValues.getNonIndexedValues().get(0).getValue();
        return typedResponse;
    }

    public Flowable<MinStakeSetEventResponse> minStakeSetEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getMinStakeSetEventFromLog(log));
    }

    public Flowable<MinStakeSetEventResponse> minStakeSetEventFlowable(
            DefaultBlockParameter startBlock, DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(MINSTAKESET_EVENT));
        return minStakeSetEventFlowable(filter);
    }

    public static List<RegisteredEventResponse> getRegisteredEvents(
            TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(REGISTERED_EVENT, transactionReceipt);
        ArrayList<RegisteredEventResponse> responses = new ArrayList<RegisteredEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            RegisteredEventResponse typedResponse = new RegisteredEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.wallet = (String) eventValues.getIndexedValues().get(0).getValue();
            typedResponse.nodeKey = (byte[]) eventValues.getIndexedValues().get(1).getValue();
            typedResponse.metaHash = (byte[]) eventValues.getNonIndexedValues().get(0).getValue();
            typedResponse.uri = (String) eventValues.getNonIndexedValues().get(1).getValue();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static RegisteredEventResponse getRegisteredEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(REGISTERED_EVENT, log);
        RegisteredEventResponse typedResponse = new RegisteredEventResponse();
        typedResponse.log = log;
        typedResponse.wallet = (String) eventValues.getIndexedValues().get(0).getValue();
        typedResponse.nodeKey = (byte[]) eventValues.getIndexedValues().get(1).getValue();
        typedResponse.metaHash = (byte[]) eventValues.getNonIndexedValues().get(0).getValue();
        typedResponse.uri = (String) eventValues.getNonIndexedValues().get(1).getValue();
        return typedResponse;
    }

    public Flowable<RegisteredEventResponse> registeredEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getRegisteredEventFromLog(log));
    }

    public Flowable<RegisteredEventResponse> registeredEventFlowable(
            DefaultBlockParameter startBlock, DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(REGISTERED_EVENT));
        return registeredEventFlowable(filter);
    }

    public static List<RelayerPaidEventResponse> getRelayerPaidEvents(
            TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(RELAYERPAID_EVENT, transactionReceipt);
        ArrayList<RelayerPaidEventResponse> responses = new ArrayList<RelayerPaidEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            RelayerPaidEventResponse typedResponse = new RelayerPaidEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.payer = (String) eventValues.getIndexedValues().get(0).getValue();
            typedResponse.relayer = (String) eventValues.getIndexedValues().get(1).getValue();
            typedResponse.fee = (BigInteger) eventValues.getNonIndexedValues().get(0).getValue();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static RelayerPaidEventResponse getRelayerPaidEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(RELAYERPAID_EVENT, log);
        RelayerPaidEventResponse typedResponse = new RelayerPaidEventResponse();
        typedResponse.log = log;
        typedResponse.payer = (String) eventValues.getIndexedValues().get(0).getValue();
        typedResponse.relayer = (String) eventValues.getIndexedValues().get(1).getValue();
        typedResponse.fee = (BigInteger) eventValues.getNonIndexedValues().get(0).getValue();
        return typedResponse;
    }

    public Flowable<RelayerPaidEventResponse> relayerPaidEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getRelayerPaidEventFromLog(log));
    }

    public Flowable<RelayerPaidEventResponse> relayerPaidEventFlowable(
            DefaultBlockParameter startBlock, DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(RELAYERPAID_EVENT));
        return relayerPaidEventFlowable(filter);
    }

    public static List<UnjailedEventResponse> getUnjailedEvents(
            TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(UNJAILED_EVENT, transactionReceipt);
        ArrayList<UnjailedEventResponse> responses = new ArrayList<UnjailedEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            UnjailedEventResponse typedResponse = new UnjailedEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.wallet = (String) eventValues.getIndexedValues().get(0).getValue();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static UnjailedEventResponse getUnjailedEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(UNJAILED_EVENT, log);
        UnjailedEventResponse typedResponse = new UnjailedEventResponse();
        typedResponse.log = log;
        typedResponse.wallet = (String) eventValues.getIndexedValues().get(0).getValue();
        return typedResponse;
    }

    public Flowable<UnjailedEventResponse> unjailedEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getUnjailedEventFromLog(log));
    }

    public Flowable<UnjailedEventResponse> unjailedEventFlowable(DefaultBlockParameter startBlock,
            DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(UNJAILED_EVENT));
        return unjailedEventFlowable(filter);
    }

    public static List<UpdatedEventResponse> getUpdatedEvents(
            TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(UPDATED_EVENT, transactionReceipt);
        ArrayList<UpdatedEventResponse> responses = new ArrayList<UpdatedEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            UpdatedEventResponse typedResponse = new UpdatedEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.wallet = (String) eventValues.getIndexedValues().get(0).getValue();
            typedResponse.nodeKey = (byte[]) eventValues.getIndexedValues().get(1).getValue();
            typedResponse.metaHash = (byte[]) eventValues.getNonIndexedValues().get(0).getValue();
            typedResponse.uri = (String) eventValues.getNonIndexedValues().get(1).getValue();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static UpdatedEventResponse getUpdatedEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(UPDATED_EVENT, log);
        UpdatedEventResponse typedResponse = new UpdatedEventResponse();
        typedResponse.log = log;
        typedResponse.wallet = (String) eventValues.getIndexedValues().get(0).getValue();
        typedResponse.nodeKey = (byte[]) eventValues.getIndexedValues().get(1).getValue();
        typedResponse.metaHash = (byte[]) eventValues.getNonIndexedValues().get(0).getValue();
        typedResponse.uri = (String) eventValues.getNonIndexedValues().get(1).getValue();
        return typedResponse;
    }

    public Flowable<UpdatedEventResponse> updatedEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getUpdatedEventFromLog(log));
    }

    public Flowable<UpdatedEventResponse> updatedEventFlowable(DefaultBlockParameter startBlock,
            DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(UPDATED_EVENT));
        return updatedEventFlowable(filter);
    }

    @Deprecated
    public static ProviderRegistry load(String contractAddress, Web3j web3j,
            Credentials credentials, BigInteger gasPrice, BigInteger gasLimit) {
        return new ProviderRegistry(contractAddress, web3j, credentials, gasPrice, gasLimit);
    }

    @Deprecated
    public static ProviderRegistry load(String contractAddress, Web3j web3j,
            TransactionManager transactionManager, BigInteger gasPrice, BigInteger gasLimit) {
        return new ProviderRegistry(contractAddress, web3j, transactionManager, gasPrice, gasLimit);
    }

    public static ProviderRegistry load(String contractAddress, Web3j web3j,
            Credentials credentials, ContractGasProvider contractGasProvider) {
        return new ProviderRegistry(contractAddress, web3j, credentials, contractGasProvider);
    }

    public static ProviderRegistry load(String contractAddress, Web3j web3j,
            TransactionManager transactionManager, ContractGasProvider contractGasProvider) {
        return new ProviderRegistry(contractAddress, web3j, transactionManager, contractGasProvider);
    }

    public static RemoteCall<ProviderRegistry> deploy(Web3j web3j, Credentials credentials,
            ContractGasProvider contractGasProvider, String flow, String vault, String identities,
            BigInteger least, String authority) {
        String encodedConstructor = FunctionEncoder.encodeConstructor(Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, flow), 
                new org.web3j.abi.datatypes.Address(160, vault), 
                new org.web3j.abi.datatypes.Address(160, identities), 
                new org.web3j.abi.datatypes.generated.Uint96(least), 
                new org.web3j.abi.datatypes.Address(160, authority)));
        return deployRemoteCall(ProviderRegistry.class, web3j, credentials, contractGasProvider, getDeploymentBinary(), encodedConstructor);
    }

    public static RemoteCall<ProviderRegistry> deploy(Web3j web3j,
            TransactionManager transactionManager, ContractGasProvider contractGasProvider,
            String flow, String vault, String identities, BigInteger least, String authority) {
        String encodedConstructor = FunctionEncoder.encodeConstructor(Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, flow), 
                new org.web3j.abi.datatypes.Address(160, vault), 
                new org.web3j.abi.datatypes.Address(160, identities), 
                new org.web3j.abi.datatypes.generated.Uint96(least), 
                new org.web3j.abi.datatypes.Address(160, authority)));
        return deployRemoteCall(ProviderRegistry.class, web3j, transactionManager, contractGasProvider, getDeploymentBinary(), encodedConstructor);
    }

    @Deprecated
    public static RemoteCall<ProviderRegistry> deploy(Web3j web3j, Credentials credentials,
            BigInteger gasPrice, BigInteger gasLimit, String flow, String vault, String identities,
            BigInteger least, String authority) {
        String encodedConstructor = FunctionEncoder.encodeConstructor(Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, flow), 
                new org.web3j.abi.datatypes.Address(160, vault), 
                new org.web3j.abi.datatypes.Address(160, identities), 
                new org.web3j.abi.datatypes.generated.Uint96(least), 
                new org.web3j.abi.datatypes.Address(160, authority)));
        return deployRemoteCall(ProviderRegistry.class, web3j, credentials, gasPrice, gasLimit, getDeploymentBinary(), encodedConstructor);
    }

    @Deprecated
    public static RemoteCall<ProviderRegistry> deploy(Web3j web3j,
            TransactionManager transactionManager, BigInteger gasPrice, BigInteger gasLimit,
            String flow, String vault, String identities, BigInteger least, String authority) {
        String encodedConstructor = FunctionEncoder.encodeConstructor(Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, flow), 
                new org.web3j.abi.datatypes.Address(160, vault), 
                new org.web3j.abi.datatypes.Address(160, identities), 
                new org.web3j.abi.datatypes.generated.Uint96(least), 
                new org.web3j.abi.datatypes.Address(160, authority)));
        return deployRemoteCall(ProviderRegistry.class, web3j, transactionManager, gasPrice, gasLimit, getDeploymentBinary(), encodedConstructor);
    }

    public static void linkLibraries(List<Contract.LinkReference> references) {
        librariesLinkedBinary = linkBinaryWithReferences(BINARY, references);
    }

    private static String getDeploymentBinary() {
        if (librariesLinkedBinary != null) {
            return librariesLinkedBinary;
        } else {
            return BINARY;
        }
    }

    public static class Provider extends StaticStruct {
        public BigInteger status;

        public BigInteger registeredAt;

        public BigInteger jailedUntil;

        public byte[] nodeKey;

        public byte[] metaHash;

        public Provider(BigInteger status, BigInteger registeredAt, BigInteger jailedUntil,
                byte[] nodeKey, byte[] metaHash) {
            super(new org.web3j.abi.datatypes.generated.Uint8(status), 
                    new org.web3j.abi.datatypes.generated.Uint48(registeredAt), 
                    new org.web3j.abi.datatypes.generated.Uint48(jailedUntil), 
                    new org.web3j.abi.datatypes.generated.Bytes32(nodeKey), 
                    new org.web3j.abi.datatypes.generated.Bytes32(metaHash));
            this.status = status;
            this.registeredAt = registeredAt;
            this.jailedUntil = jailedUntil;
            this.nodeKey = nodeKey;
            this.metaHash = metaHash;
        }

        public Provider(Uint8 status, Uint48 registeredAt, Uint48 jailedUntil, Bytes32 nodeKey,
                Bytes32 metaHash) {
            super(status, registeredAt, jailedUntil, nodeKey, metaHash);
            this.status = status.getValue();
            this.registeredAt = registeredAt.getValue();
            this.jailedUntil = jailedUntil.getValue();
            this.nodeKey = nodeKey.getValue();
            this.metaHash = metaHash.getValue();
        }
    }

    public static class Meta extends StaticStruct {
        public BigInteger fee;

        public BigInteger maxFee;

        public BigInteger deadline;

        public Meta(BigInteger fee, BigInteger maxFee, BigInteger deadline) {
            super(new org.web3j.abi.datatypes.generated.Uint96(fee), 
                    new org.web3j.abi.datatypes.generated.Uint96(maxFee), 
                    new org.web3j.abi.datatypes.generated.Uint256(deadline));
            this.fee = fee;
            this.maxFee = maxFee;
            this.deadline = deadline;
        }

        public Meta(Uint96 fee, Uint96 maxFee, Uint256 deadline) {
            super(fee, maxFee, deadline);
            this.fee = fee.getValue();
            this.maxFee = maxFee.getValue();
            this.deadline = deadline.getValue();
        }
    }

    public static class Permit extends StaticStruct {
        public BigInteger deadline;

        public BigInteger v;

        public byte[] r;

        public byte[] s;

        public Permit(BigInteger deadline, BigInteger v, byte[] r, byte[] s) {
            super(new org.web3j.abi.datatypes.generated.Uint256(deadline), 
                    new org.web3j.abi.datatypes.generated.Uint8(v), 
                    new org.web3j.abi.datatypes.generated.Bytes32(r), 
                    new org.web3j.abi.datatypes.generated.Bytes32(s));
            this.deadline = deadline;
            this.v = v;
            this.r = r;
            this.s = s;
        }

        public Permit(Uint256 deadline, Uint8 v, Bytes32 r, Bytes32 s) {
            super(deadline, v, r, s);
            this.deadline = deadline.getValue();
            this.v = v.getValue();
            this.r = r.getValue();
            this.s = s.getValue();
        }
    }

    public static class AuthorityUpdatedEventResponse extends BaseEventResponse {
        public String authority;
    }

    public static class EIP712DomainChangedEventResponse extends BaseEventResponse {
    }

    public static class ExitedEventResponse extends BaseEventResponse {
        public String wallet;
    }

    public static class JailedEventResponse extends BaseEventResponse {
        public String wallet;

        public BigInteger until;

        public byte[] reason;
    }

    public static class MinStakeSetEventResponse extends BaseEventResponse {
        public BigInteger minStake;
    }

    public static class RegisteredEventResponse extends BaseEventResponse {
        public String wallet;

        public byte[] nodeKey;

        public byte[] metaHash;

        public String uri;
    }

    public static class RelayerPaidEventResponse extends BaseEventResponse {
        public String payer;

        public String relayer;

        public BigInteger fee;
    }

    public static class UnjailedEventResponse extends BaseEventResponse {
        public String wallet;
    }

    public static class UpdatedEventResponse extends BaseEventResponse {
        public String wallet;

        public byte[] nodeKey;

        public byte[] metaHash;

        public String uri;
    }
}
