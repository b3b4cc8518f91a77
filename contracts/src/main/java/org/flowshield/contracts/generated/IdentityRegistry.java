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
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.StaticStruct;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes1;
import org.web3j.abi.datatypes.generated.Bytes32;
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
public class IdentityRegistry extends Contract {
    public static final String BINARY = "610180604052348015610010575f5ffd5b50604051611bfd380380611bfd83398101604081905261002f916101ab565b806040518060400160405280601b81526020017f466c6f77536869656c64204964656e7469747952656769737472790000000000815250604051806040016040528060018152602001603160f81b81525061008f8261016560201b60201c565b6101205261009c81610165565b61014052815160208084019190912060e052815190820120610100524660a05261012860e05161010051604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201529081019290925260608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b60805250503060c0526001600160a01b0390811661016052811661015f5760405163d92e233d60e01b815260040160405180910390fd5b50610233565b5f5f829050601f81511115610198578260405163305a27a960e01b815260040161018f91906101d8565b60405180910390fd5b80516101a38261020d565b179392505050565b5f602082840312156101bb575f5ffd5b81516001600160a01b03811681146101d1575f5ffd5b9392505050565b602081525f82518060208401528060208501604085015e5f604082850101526040601f19601f83011684010191505092915050565b8051602080830151919081101561022d575f198160200360031b1b821691505b50919050565b60805160a05160c05160e0516101005161012051610140516101605161196161029c5f395f818161014d01528181610b4c0152610b9e01525f610c0b01525f610be001525f61092001525f6108f801525f61085301525f61087d01525f6108a701526119615ff3fe608060405234801561000f575f5ffd5b50600436106100fb575f3560e01c80637ecebe0011610093578063a823810311610063578063a823810314610253578063b75c7dc61461027d578063bef3761314610290578063d764701c146102a3575f5ffd5b80637ecebe00146101ea57806384b0196e14610212578063a55986831461022d578063a59b74a914610240575f5ffd5b80633a49d747116100ce5780633a49d7471461018f5780636367c4e7146101af57806374b02691146101c45780637a36e95f146101d7575f5ffd5b80630aee519a146100ff57806316428b31146101255780633189097b146101485780633644e51514610187575b5f5ffd5b61011261010d366004611425565b6102b6565b6040519081526020015b60405180910390f35b610138610133366004611425565b6102f3565b604051901515815260200161011c565b61016f7f000000000000000000000000000000000000000000000000000000000000000081565b6040516001600160a01b03909116815260200161011c565b61011261032e565b6101a261019d36600461144d565b61033c565b60405161011c9190611478565b6101c26101bd366004611544565b6103e8565b005b6101c26101d23660046115c0565b6104a0565b6101126101e5366004611425565b610554565b6101126101f83660046115e9565b6001600160a01b03165f9081526003602052604090205490565b61021a6105ac565b60405161011c9796959493929190611630565b6101c261023b3660046116e2565b61060a565b6101c261024e366004611744565b610685565b610112610261366004611801565b5f91825260056020908152604080842092845291905290205490565b6101c261028b36600461144d565b610774565b61011261029e366004611821565b610781565b6101c26102b1366004611872565b610833565b604080516001600160a01b03841660208201529081018290525f906060015b60405160208183030381529060405280519060200120905092915050565b5f60015f5f61030286866102b6565b815260208101919091526040015f205460ff16600281111561032657610326611464565b149392505050565b5f610337610847565b905090565b604080516080810182525f8082526020820181905291810182905260608101919091525f82815260208190526040908190208151608081019092528054829060ff16600281111561038f5761038f611464565b60028111156103a0576103a0611464565b8152905463ffffffff610100820416602083015265ffffffffffff650100000000008204811660408401526b0100000000000000000000009091041660609091015292915050565b5f7f8bfa95a17e4effb0b8614b928542ec4711680b07caa022531ea78aa458ef024d878761041c6040890160208a016118cc565b6040805160208101959095526001600160a01b039093168484015260608401919091526bffffffffffffffffffffffff16608083015286013560a082015260c0016040516020818303038152906040528051906020012090506104828782878787610970565b61048c87876109d8565b610497878684610aaf565b50505050505050565b5f6104ab33856102b6565b905060015f8281526020819052604090205460ff1660028111156104d1576104d1611464565b1481906104fd57604051630b19ae9160e31b81526004016104f491815260200190565b60405180910390fd5b505f8181526005602090815260408083208684528252918290208490559051838152849183917f85f201abb34390ec64513d7482d803095bc34532ddda097d0782c706ca536c41910160405180910390a350505050565b604080517f53633a231251ee682dfe33dcf09b97acebf1014d38cf519170b43b87d8a4d2ca602082015246918101919091523060608201526001600160a01b038316608082015260a081018290525f9060c0016102d5565b5f6060805f5f5f60606105bd610bd9565b6105c5610c04565b604080515f808252602082019092527f0f000000000000000000000000000000000000000000000000000000000000009b939a50919850469750309650945092509050565b5f61061533866102b6565b5f8181526020819052604081205491925090610643903390879087908790610100900463ffffffff16610c2f565b905061064f33876109d8565b6040518190839033907fddf31309b9d6c52b812cdf421e787146439348d18b04bb9bc167c9dc632c925d905f90a4505050505050565b5f7f8e603b5f1d475265ceebc80690dcffd575eebfd30af0420956f0dc4bf01ef7658a8a8a8a6040516106b99291906118f7565b6040518091039020898960200160208101906106d591906118cc565b6040805160208101979097526001600160a01b03909516868601526060860193909352608085019190915263ffffffff1660a08401526bffffffffffffffffffffffff1660c083015286013560e08201526101000160405160208183030381529060405280519060200120905061074f8a82878787610970565b61075c8a8a8a8a8a610c2f565b506107688a8684610aaf565b50505050505050505050565b61077e33826109d8565b50565b5f77ffffffffffffffffffffffffffffffffffffffffffffffff821615610813576001600160a01b0383165f90815260046020908152604080832077ffffffffffffffffffffffffffffffffffffffffffffffff8616845290915290205461080e90839067ffffffffffffffff1667ffffffffffffffff1660409190911b67ffffffffffffffff19161790565b61082c565b6001600160a01b0383165f908152600360205260409020545b9392505050565b6108403385858585610c2f565b5050505050565b5f306001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001614801561089f57507f000000000000000000000000000000000000000000000000000000000000000046145b156108c957507f000000000000000000000000000000000000000000000000000000000000000090565b610337604080517f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f60208201527f0000000000000000000000000000000000000000000000000000000000000000918101919091527f000000000000000000000000000000000000000000000000000000000000000060608201524660808201523060a08201525f9060c00160405160208183030381529060405280519060200120905090565b5f61097d85858585610e61565b9050856001600160a01b0316816001600160a01b0316148190610497576040517f32c15fc20000000000000000000000000000000000000000000000000000000081526001600160a01b0390911660048201526024016104f4565b5f6109e383836102b6565b5f8181526020819052604090209091506001815460ff166002811115610a0b57610a0b611464565b148290610a2e57604051630b19ae9160e31b81526004016104f491815260200190565b50805465ffffffffffff42166b010000000000000000000000027fffffffffffffffffffffffffffffff000000000000ffffffffffffffffffff0090911617600217815560405183906001600160a01b0386169084907ff8add3cbe3c3fe8670a2d568b58422364f8095eddd6fa903337baf1ce13748a0905f90a450505050565b610abc60208301836118cc565b6bffffffffffffffffffffffff165f03610ad557505050565b336001600160a01b0384167f34f0840b474552e454873cc051e1dd1dabc05712d70217201c47b8f5b44cae97610b0e60208601866118cc565b6040516bffffffffffffffffffffffff909116815260200160405180910390a3610b8283610b4260408501602086016118cc565b6001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001691906bffffffffffffffffffffffff1684610f6b565b610bd48333610b9460208601866118cc565b6001600160a01b037f0000000000000000000000000000000000000000000000000000000000000000169291906bffffffffffffffffffffffff1661102b565b505050565b60606103377f000000000000000000000000000000000000000000000000000000000000000061107a565b60606103377f000000000000000000000000000000000000000000000000000000000000000061107a565b5f848103610c69576040517ffbd849c600000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b8260408114610ca7576040517f8bffc0340000000000000000000000000000000000000000000000000000000081526004016104f491815260200190565b50610cb286866102b6565b90505f5f8281526020819052604090205460ff166002811115610cd757610cd7611464565b148190610d13576040517f3afc48990000000000000000000000000000000000000000000000000000000081526004016104f491815260200190565b506040805160808101909152806001815263ffffffff841660208083019190915265ffffffffffff42166040808401919091525f606090930183905284835290829052902081518154829060ff19166001836002811115610d7657610d76611464565b02179055506020820151815460408085015160609095015165ffffffffffff9081166b010000000000000000000000027fffffffffffffffffffffffffffffff000000000000ffffffffffffffffffffff9190961665010000000000026affffffffffff00000000001963ffffffff90951661010002949094166affffffffffffffffffff00199093169290921792909217169290921790555185906001600160a01b0388169083907f5f288164e41bccd9ca7c0778a0b2e37ad64970c9d5ba96b437a80ecd208509bc90610e509087908a908a90611906565b60405180910390a495945050505050565b5f604084013542811015610ea4576040517fcd21db4f0000000000000000000000000000000000000000000000000000000081526004016104f491815260200190565b50610eb560408501602086016118cc565b6bffffffffffffffffffffffff16610ed060208601866118cc565b6bffffffffffffffffffffffff161115610eed60208601866118cc565b610efd60408701602088016118cc565b9091610f4d576040517f151dd7da0000000000000000000000000000000000000000000000000000000081526bffffffffffffffffffffffff9283166004820152911660248201526044016104f4565b5050610f62610f5b866110b7565b8484611104565b95945050505050565b6001600160a01b03841663d505accf8430858535610f8f6040880160208901611941565b604080517fffffffff0000000000000000000000000000000000000000000000000000000060e089901b1681526001600160a01b0396871660048201529590941660248601526044850192909252606484015260ff16608483015284013560a4820152606084013560c482015260e4015f604051808303815f87803b158015611016575f5ffd5b505af192505050801561084057505b50505050565b61103984848484600161112e565b611025576040517f5274afe70000000000000000000000000000000000000000000000000000000081526001600160a01b03851660048201526024016104f4565b60605f611086836111b4565b6040805160208082528183019092529192505f91906020820181803683375050509182525060208101929092525090565b5f6110fe6110c3610847565b836040517f19010000000000000000000000000000000000000000000000000000000000008152600281019290925260228201526042902090565b92915050565b5f5f5f5f6111138787876111f4565b925092509250611123828261123b565b509095945050505050565b6040517f23b872dd000000000000000000000000000000000000000000000000000000005f8181526001600160a01b038781166004528616602452604485905291602083606481808c5af1925060015f511483166111a3578383151615611197573d5f823e3d81fd5b5f883b113d1516831692505b604052505f60605295945050505050565b5f60ff8216601f8111156110fe576040517fb3512b0c00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f80806041849003611228578435602086013560408701355f1a61121a89828585611342565b955095509550505050611232565b505f915060029050825b93509350939050565b5f82600381111561124e5761124e611464565b03611257575050565b600182600381111561126b5761126b611464565b036112a2576040517ff645eedf00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b60028260038111156112b6576112b6611464565b036112f0576040517ffce698f7000000000000000000000000000000000000000000000000000000008152600481018290526024016104f4565b600382600381111561130457611304611464565b0361133e576040517fd78bce0c000000000000000000000000000000000000000000000000000000008152600481018290526024016104f4565b5050565b5f80807f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a084111561137b57505f91506003905082611400565b604080515f808252602082018084528a905260ff891692820192909252606081018790526080810186905260019060a0016020604051602081039080840390855afa1580156113cc573d5f5f3e3d5ffd5b5050604051601f1901519150506001600160a01b0381166113f757505f925060019150829050611400565b92505f91508190505b9450945094915050565b80356001600160a01b0381168114611420575f5ffd5b919050565b5f5f60408385031215611436575f5ffd5b61143f8361140a565b946020939093013593505050565b5f6020828403121561145d575f5ffd5b5035919050565b634e487b7160e01b5f52602160045260245ffd5b815160808201906003811061149b57634e487b7160e01b5f52602160045260245ffd5b8083525063ffffffff602084015116602083015265ffffffffffff604084015116604083015265ffffffffffff606084015116606083015292915050565b5f606082840312156114e9575f5ffd5b50919050565b5f5f83601f8401126114ff575f5ffd5b50813567ffffffffffffffff811115611516575f5ffd5b60208301915083602082850101111561152d575f5ffd5b9250929050565b5f608082840312156114e9575f5ffd5b5f5f5f5f5f5f610140878903121561155a575f5ffd5b6115638761140a565b95506020870135945061157988604089016114d9565b935060a087013567ffffffffffffffff811115611594575f5ffd5b6115a089828a016114ef565b90945092506115b490508860c08901611534565b90509295509295509295565b5f5f5f606084860312156115d2575f5ffd5b505081359360208301359350604090920135919050565b5f602082840312156115f9575f5ffd5b61082c8261140a565b5f81518084528060208401602086015e5f602082860101526020601f19601f83011685010191505092915050565b7fff000000000000000000000000000000000000000000000000000000000000008816815260e060208201525f61166a60e0830189611602565b828103604084015261167c8189611602565b606084018890526001600160a01b038716608085015260a0840186905283810360c0850152845180825260208087019350909101905f5b818110156116d15783518352602093840193909201916001016116b3565b50909b9a5050505050505050505050565b5f5f5f5f606085870312156116f5575f5ffd5b8435935060208501359250604085013567ffffffffffffffff811115611719575f5ffd5b611725878288016114ef565b95989497509550505050565b803563ffffffff81168114611420575f5ffd5b5f5f5f5f5f5f5f5f5f6101808a8c03121561175d575f5ffd5b6117668a61140a565b985060208a0135975060408a013567ffffffffffffffff811115611788575f5ffd5b6117948c828d016114ef565b90985096506117a7905060608b01611731565b94506117b68b60808c016114d9565b935060e08a013567ffffffffffffffff8111156117d1575f5ffd5b6117dd8c828d016114ef565b90945092506117f290508b6101008c01611534565b90509295985092959850929598565b5f5f60408385031215611812575f5ffd5b50508035926020909101359150565b5f5f60408385031215611832575f5ffd5b61183b8361140a565b9150602083013577ffffffffffffffffffffffffffffffffffffffffffffffff81168114611867575f5ffd5b809150509250929050565b5f5f5f5f60608587031215611885575f5ffd5b84359350602085013567ffffffffffffffff8111156118a2575f5ffd5b6118ae878288016114ef565b90945092506118c1905060408601611731565b905092959194509250565b5f602082840312156118dc575f5ffd5b81356bffffffffffffffffffffffff8116811461082c575f5ffd5b818382375f9101908152919050565b63ffffffff8416815260406020820152816040820152818360608301375f818301606090810191909152601f909201601f1916010192915050565b5f60208284031215611951575f5ffd5b813560ff8116811461082c575f5ffd";

    private static String librariesLinkedBinary;

    public static final String FUNC_DOMAIN_SEPARATOR = "DOMAIN_SEPARATOR";

    public static final String FUNC_FLOW = "FLOW";

    public static final String FUNC_ATTRIBUTE = "attribute";

    public static final String FUNC_BIND = "bind";

    public static final String FUNC_BINDFOR = "bindFor";

    public static final String FUNC_BINDING = "binding";

    public static final String FUNC_CHALLENGE = "challenge";

    public static final String FUNC_EIP712DOMAIN = "eip712Domain";

    public static final String FUNC_ISBOUND = "isBound";

    public static final String FUNC_NODEIDOF = "nodeIdOf";

    public static final String FUNC_nonces = "nonces";

    public static final String FUNC_REVOKE = "revoke";

    public static final String FUNC_REVOKEFOR = "revokeFor";

    public static final String FUNC_ROTATE = "rotate";

    public static final String FUNC_SETATTRIBUTE = "setAttribute";

    public static final Event ATTRIBUTESET_EVENT = new Event("AttributeSet", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Bytes32>(true) {}, new TypeReference<Bytes32>(true) {}, new TypeReference<Bytes32>() {}));
    ;

    public static final Event BOUND_EVENT = new Event("Bound", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Bytes32>(true) {}, new TypeReference<Address>(true) {}, new TypeReference<Bytes32>(true) {}, new TypeReference<Uint32>() {}, new TypeReference<DynamicBytes>() {}));
    ;

    public static final Event EIP712DOMAINCHANGED_EVENT = new Event("EIP712DomainChanged", 
            Arrays.<TypeReference<?>>asList());
    ;

    public static final Event RELAYERPAID_EVENT = new Event("RelayerPaid", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>(true) {}, new TypeReference<Address>(true) {}, new TypeReference<Uint96>() {}));
    ;

    public static final Event REVOKED_EVENT = new Event("Revoked", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Bytes32>(true) {}, new TypeReference<Address>(true) {}, new TypeReference<Bytes32>(true) {}));
    ;

    public static final Event ROTATED_EVENT = new Event("Rotated", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>(true) {}, new TypeReference<Bytes32>(true) {}, new TypeReference<Bytes32>(true) {}));
    ;

    public static final CustomError ALREADYBOUND_ERROR = new CustomError("AlreadyBound", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Bytes32>() {}));
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
            Arrays.<TypeReference<?>>asList(new TypeReference<Bytes32>() {}));
    ;

    public static final CustomError SAFEERC20FAILEDOPERATION_ERROR = new CustomError("SafeERC20FailedOperation", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}));
    ;

    public static final CustomError SIGNATUREEXPIRED_ERROR = new CustomError("SignatureExpired", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Uint256>() {}));
    ;

    public static final CustomError STRINGTOOLONG_ERROR = new CustomError("StringTooLong", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Utf8String>() {}));
    ;

    public static final CustomError WRONGPROOFLENGTH_ERROR = new CustomError("WrongProofLength", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Uint256>() {}));
    ;

    public static final CustomError WRONGSIGNER_ERROR = new CustomError("WrongSigner", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}));
    ;

    public static final CustomError ZEROADDRESS_ERROR = new CustomError("ZeroAddress", 
            Arrays.<TypeReference<?>>asList());
    ;

    public static final CustomError ZEROKEY_ERROR = new CustomError("ZeroKey", 
            Arrays.<TypeReference<?>>asList());
    ;

    @Deprecated
    protected IdentityRegistry(String contractAddress, Web3j web3j, Credentials credentials,
            BigInteger gasPrice, BigInteger gasLimit) {
        super(BINARY, contractAddress, web3j, credentials, gasPrice, gasLimit);
    }

    protected IdentityRegistry(String contractAddress, Web3j web3j, Credentials credentials,
            ContractGasProvider contractGasProvider) {
        super(BINARY, contractAddress, web3j, credentials, contractGasProvider);
    }

    @Deprecated
    protected IdentityRegistry(String contractAddress, Web3j web3j,
            TransactionManager transactionManager, BigInteger gasPrice, BigInteger gasLimit) {
        super(BINARY, contractAddress, web3j, transactionManager, gasPrice, gasLimit);
    }

    protected IdentityRegistry(String contractAddress, Web3j web3j,
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

    public RemoteFunctionCall<byte[]> attribute(byte[] nodeId, byte[] name) {
        final Function function = new Function(FUNC_ATTRIBUTE, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Bytes32(nodeId), 
                new org.web3j.abi.datatypes.generated.Bytes32(name)), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Bytes32>() {}));
        return executeRemoteCallSingleValueReturn(function, byte[].class);
    }

    public RemoteFunctionCall<TransactionReceipt> bind(byte[] nodeKey, byte[] proof,
            BigInteger roles) {
        final Function function = new Function(
                FUNC_BIND, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Bytes32(nodeKey), 
                new org.web3j.abi.datatypes.DynamicBytes(proof), 
                new org.web3j.abi.datatypes.generated.Uint32(roles)), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public RemoteFunctionCall<TransactionReceipt> bindFor(String wallet, byte[] nodeKey,
            byte[] proof, BigInteger roles, Meta meta, byte[] signature, Permit permit) {
        final Function function = new Function(
                FUNC_BINDFOR, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, wallet), 
                new org.web3j.abi.datatypes.generated.Bytes32(nodeKey), 
                new org.web3j.abi.datatypes.DynamicBytes(proof), 
                new org.web3j.abi.datatypes.generated.Uint32(roles), 
                meta, 
                new org.web3j.abi.datatypes.DynamicBytes(signature), 
                permit), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public RemoteFunctionCall<Binding> binding(byte[] nodeId) {
        final Function function = new Function(FUNC_BINDING, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Bytes32(nodeId)), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Binding>() {}));
        return executeRemoteCallSingleValueReturn(function, Binding.class);
    }

    public RemoteFunctionCall<byte[]> challenge(String wallet, byte[] nodeKey) {
        final Function function = new Function(FUNC_CHALLENGE, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, wallet), 
                new org.web3j.abi.datatypes.generated.Bytes32(nodeKey)), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Bytes32>() {}));
        return executeRemoteCallSingleValueReturn(function, byte[].class);
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

    public RemoteFunctionCall<Boolean> isBound(String wallet, byte[] nodeKey) {
        final Function function = new Function(FUNC_ISBOUND, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, wallet), 
                new org.web3j.abi.datatypes.generated.Bytes32(nodeKey)), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Bool>() {}));
        return executeRemoteCallSingleValueReturn(function, Boolean.class);
    }

    public RemoteFunctionCall<byte[]> nodeIdOf(String wallet, byte[] nodeKey) {
        final Function function = new Function(FUNC_NODEIDOF, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, wallet), 
                new org.web3j.abi.datatypes.generated.Bytes32(nodeKey)), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Bytes32>() {}));
        return executeRemoteCallSingleValueReturn(function, byte[].class);
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

    public RemoteFunctionCall<TransactionReceipt> revoke(byte[] nodeKey) {
        final Function function = new Function(
                FUNC_REVOKE, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Bytes32(nodeKey)), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public RemoteFunctionCall<TransactionReceipt> revokeFor(String wallet, byte[] nodeKey,
            Meta meta, byte[] signature, Permit permit) {
        final Function function = new Function(
                FUNC_REVOKEFOR, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, wallet), 
                new org.web3j.abi.datatypes.generated.Bytes32(nodeKey), 
                meta, 
                new org.web3j.abi.datatypes.DynamicBytes(signature), 
                permit), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public RemoteFunctionCall<TransactionReceipt> rotate(byte[] oldKey, byte[] newKey,
            byte[] proof) {
        final Function function = new Function(
                FUNC_ROTATE, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Bytes32(oldKey), 
                new org.web3j.abi.datatypes.generated.Bytes32(newKey), 
                new org.web3j.abi.datatypes.DynamicBytes(proof)), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public RemoteFunctionCall<TransactionReceipt> setAttribute(byte[] nodeKey, byte[] name,
            byte[] value) {
        final Function function = new Function(
                FUNC_SETATTRIBUTE, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Bytes32(nodeKey), 
                new org.web3j.abi.datatypes.generated.Bytes32(name), 
                new org.web3j.abi.datatypes.generated.Bytes32(value)), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public static List<AttributeSetEventResponse> getAttributeSetEvents(
            TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(ATTRIBUTESET_EVENT, transactionReceipt);
        ArrayList<AttributeSetEventResponse> responses = new ArrayList<AttributeSetEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            AttributeSetEventResponse typedResponse = new AttributeSetEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.nodeId = (byte[]) eventValues.getIndexedValues().get(0).getValue();
            typedResponse.name = (byte[]) eventValues.getIndexedValues().get(1).getValue();
            typedResponse.value = (byte[]) eventValues.getNonIndexedValues().get(0).getValue();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static AttributeSetEventResponse getAttributeSetEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(ATTRIBUTESET_EVENT, log);
        AttributeSetEventResponse typedResponse = new AttributeSetEventResponse();
        typedResponse.log = log;
        typedResponse.nodeId = (byte[]) eventValues.getIndexedValues().get(0).getValue();
        typedResponse.name = (byte[]) eventValues.getIndexedValues().get(1).getValue();
        typedResponse.value = (byte[]) eventValues.getNonIndexedValues().get(0).getValue();
        return typedResponse;
    }

    public Flowable<AttributeSetEventResponse> attributeSetEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getAttributeSetEventFromLog(log));
    }

    public Flowable<AttributeSetEventResponse> attributeSetEventFlowable(
            DefaultBlockParameter startBlock, DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(ATTRIBUTESET_EVENT));
        return attributeSetEventFlowable(filter);
    }

    public static List<BoundEventResponse> getBoundEvents(TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(BOUND_EVENT, transactionReceipt);
        ArrayList<BoundEventResponse> responses = new ArrayList<BoundEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            BoundEventResponse typedResponse = new BoundEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.nodeId = (byte[]) eventValues.getIndexedValues().get(0).getValue();
            typedResponse.wallet = (String) eventValues.getIndexedValues().get(1).getValue();
            typedResponse.nodeKey = (byte[]) eventValues.getIndexedValues().get(2).getValue();
            typedResponse.roles = (BigInteger) eventValues.getNonIndexedValues().get(0).getValue();
            typedResponse.proof = (byte[]) eventValues.getNonIndexedValues().get(1).getValue();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static BoundEventResponse getBoundEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(BOUND_EVENT, log);
        BoundEventResponse typedResponse = new BoundEventResponse();
        typedResponse.log = log;
        typedResponse.nodeId = (byte[]) eventValues.getIndexedValues().get(0).getValue();
        typedResponse.wallet = (String) eventValues.getIndexedValues().get(1).getValue();
        typedResponse.nodeKey = (byte[]) eventValues.getIndexedValues().get(2).getValue();
        typedResponse.roles = (BigInteger) eventValues.getNonIndexedValues().get(0).getValue();
        typedResponse.proof = (byte[]) eventValues.getNonIndexedValues().get(1).getValue();
        return typedResponse;
    }

    public Flowable<BoundEventResponse> boundEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getBoundEventFromLog(log));
    }

    public Flowable<BoundEventResponse> boundEventFlowable(DefaultBlockParameter startBlock,
            DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(BOUND_EVENT));
        return boundEventFlowable(filter);
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

    public static List<RevokedEventResponse> getRevokedEvents(
            TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(REVOKED_EVENT, transactionReceipt);
        ArrayList<RevokedEventResponse> responses = new ArrayList<RevokedEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            RevokedEventResponse typedResponse = new RevokedEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.nodeId = (byte[]) eventValues.getIndexedValues().get(0).getValue();
            typedResponse.wallet = (String) eventValues.getIndexedValues().get(1).getValue();
            typedResponse.nodeKey = (byte[]) eventValues.getIndexedValues().get(2).getValue();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static RevokedEventResponse getRevokedEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(REVOKED_EVENT, log);
        RevokedEventResponse typedResponse = new RevokedEventResponse();
        typedResponse.log = log;
        typedResponse.nodeId = (byte[]) eventValues.getIndexedValues().get(0).getValue();
        typedResponse.wallet = (String) eventValues.getIndexedValues().get(1).getValue();
        typedResponse.nodeKey = (byte[]) eventValues.getIndexedValues().get(2).getValue();
        return typedResponse;
    }

    public Flowable<RevokedEventResponse> revokedEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getRevokedEventFromLog(log));
    }

    public Flowable<RevokedEventResponse> revokedEventFlowable(DefaultBlockParameter startBlock,
            DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(REVOKED_EVENT));
        return revokedEventFlowable(filter);
    }

    public static List<RotatedEventResponse> getRotatedEvents(
            TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(ROTATED_EVENT, transactionReceipt);
        ArrayList<RotatedEventResponse> responses = new ArrayList<RotatedEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            RotatedEventResponse typedResponse = new RotatedEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.wallet = (String) eventValues.getIndexedValues().get(0).getValue();
            typedResponse.oldId = (byte[]) eventValues.getIndexedValues().get(1).getValue();
            typedResponse.newId = (byte[]) eventValues.getIndexedValues().get(2).getValue();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static RotatedEventResponse getRotatedEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(ROTATED_EVENT, log);
        RotatedEventResponse typedResponse = new RotatedEventResponse();
        typedResponse.log = log;
        typedResponse.wallet = (String) eventValues.getIndexedValues().get(0).getValue();
        typedResponse.oldId = (byte[]) eventValues.getIndexedValues().get(1).getValue();
        typedResponse.newId = (byte[]) eventValues.getIndexedValues().get(2).getValue();
        return typedResponse;
    }

    public Flowable<RotatedEventResponse> rotatedEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getRotatedEventFromLog(log));
    }

    public Flowable<RotatedEventResponse> rotatedEventFlowable(DefaultBlockParameter startBlock,
            DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(ROTATED_EVENT));
        return rotatedEventFlowable(filter);
    }

    @Deprecated
    public static IdentityRegistry load(String contractAddress, Web3j web3j,
            Credentials credentials, BigInteger gasPrice, BigInteger gasLimit) {
        return new IdentityRegistry(contractAddress, web3j, credentials, gasPrice, gasLimit);
    }

    @Deprecated
    public static IdentityRegistry load(String contractAddress, Web3j web3j,
            TransactionManager transactionManager, BigInteger gasPrice, BigInteger gasLimit) {
        return new IdentityRegistry(contractAddress, web3j, transactionManager, gasPrice, gasLimit);
    }

    public static IdentityRegistry load(String contractAddress, Web3j web3j,
            Credentials credentials, ContractGasProvider contractGasProvider) {
        return new IdentityRegistry(contractAddress, web3j, credentials, contractGasProvider);
    }

    public static IdentityRegistry load(String contractAddress, Web3j web3j,
            TransactionManager transactionManager, ContractGasProvider contractGasProvider) {
        return new IdentityRegistry(contractAddress, web3j, transactionManager, contractGasProvider);
    }

    public static RemoteCall<IdentityRegistry> deploy(Web3j web3j, Credentials credentials,
            ContractGasProvider contractGasProvider, String flow) {
        String encodedConstructor = FunctionEncoder.encodeConstructor(Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, flow)));
        return deployRemoteCall(IdentityRegistry.class, web3j, credentials, contractGasProvider, getDeploymentBinary(), encodedConstructor);
    }

    public static RemoteCall<IdentityRegistry> deploy(Web3j web3j,
            TransactionManager transactionManager, ContractGasProvider contractGasProvider,
            String flow) {
        String encodedConstructor = FunctionEncoder.encodeConstructor(Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, flow)));
        return deployRemoteCall(IdentityRegistry.class, web3j, transactionManager, contractGasProvider, getDeploymentBinary(), encodedConstructor);
    }

    @Deprecated
    public static RemoteCall<IdentityRegistry> deploy(Web3j web3j, Credentials credentials,
            BigInteger gasPrice, BigInteger gasLimit, String flow) {
        String encodedConstructor = FunctionEncoder.encodeConstructor(Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, flow)));
        return deployRemoteCall(IdentityRegistry.class, web3j, credentials, gasPrice, gasLimit, getDeploymentBinary(), encodedConstructor);
    }

    @Deprecated
    public static RemoteCall<IdentityRegistry> deploy(Web3j web3j,
            TransactionManager transactionManager, BigInteger gasPrice, BigInteger gasLimit,
            String flow) {
        String encodedConstructor = FunctionEncoder.encodeConstructor(Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, flow)));
        return deployRemoteCall(IdentityRegistry.class, web3j, transactionManager, gasPrice, gasLimit, getDeploymentBinary(), encodedConstructor);
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

    public static class Binding extends StaticStruct {
        public BigInteger status;

        public BigInteger roles;

        public BigInteger boundAt;

        public BigInteger revokedAt;

        public Binding(BigInteger status, BigInteger roles, BigInteger boundAt,
                BigInteger revokedAt) {
            super(new org.web3j.abi.datatypes.generated.Uint8(status), 
                    new org.web3j.abi.datatypes.generated.Uint32(roles), 
                    new org.web3j.abi.datatypes.generated.Uint48(boundAt), 
                    new org.web3j.abi.datatypes.generated.Uint48(revokedAt));
            this.status = status;
            this.roles = roles;
            this.boundAt = boundAt;
            this.revokedAt = revokedAt;
        }

        public Binding(Uint8 status, Uint32 roles, Uint48 boundAt, Uint48 revokedAt) {
            super(status, roles, boundAt, revokedAt);
            this.status = status.getValue();
            this.roles = roles.getValue();
            this.boundAt = boundAt.getValue();
            this.revokedAt = revokedAt.getValue();
        }
    }

    public static class AttributeSetEventResponse extends BaseEventResponse {
        public byte[] nodeId;

        public byte[] name;

        public byte[] value;
    }

    public static class BoundEventResponse extends BaseEventResponse {
        public byte[] nodeId;

        public String wallet;

        public byte[] nodeKey;

        public BigInteger roles;

        public byte[] proof;
    }

    public static class EIP712DomainChangedEventResponse extends BaseEventResponse {
    }

    public static class RelayerPaidEventResponse extends BaseEventResponse {
        public String payer;

        public String relayer;

        public BigInteger fee;
    }

    public static class RevokedEventResponse extends BaseEventResponse {
        public byte[] nodeId;

        public String wallet;

        public byte[] nodeKey;
    }

    public static class RotatedEventResponse extends BaseEventResponse {
        public String wallet;

        public byte[] oldId;

        public byte[] newId;
    }
}
