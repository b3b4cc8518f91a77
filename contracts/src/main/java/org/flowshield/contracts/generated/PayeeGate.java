package org.flowshield.contracts.generated;

import io.reactivex.Flowable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.annotation.processing.Generated;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.CustomError;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes4;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.RemoteCall;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.response.BaseEventResponse;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
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
public class PayeeGate extends Contract {
    public static final String BINARY = "608060405234801561000f575f5ffd5b506040516107bb3803806107bb83398101604081905261002e91610129565b8061003881610049565b506100428261009d565b5050610161565b5f80546001600160a01b0319166001600160a01b0383169081179091556040519081527f2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad906020015b60405180910390a150565b6001600160a01b0381166100c45760405163d92e233d60e01b815260040160405180910390fd5b600180546001600160a01b0319166001600160a01b0383169081179091556040519081527f3a2628f7ccb17cc55d501ab2ced8a94fe8b859b3ac8da6bab338668b7f13550490602001610092565b6001600160a01b0381168114610126575f5ffd5b50565b5f5f6040838503121561013a575f5ffd5b825161014581610112565b602084015190925061015681610112565b809150509250929050565b61064d8061016e5f395ff3fe608060405234801561000f575f5ffd5b506004361061006f575f3560e01c80637d4163d31161004d5780637d4163d3146100db5780638fb36037146100ee578063bf7e214f1461010f575f5ffd5b80630505c8c91461007357806311e447b8146100a35780637a9e5e4b146100c6575b5f5ffd5b600154610086906001600160a01b031681565b6040516001600160a01b0390911681526020015b60405180910390f35b6100b66100b1366004610571565b61011f565b604051901515815260200161009a565b6100d96100d4366004610571565b6101aa565b005b6100d96100e9366004610571565b610240565b6100f6610257565b6040516001600160e01b0319909116815260200161009a565b5f546001600160a01b0316610086565b6001546040517f11e447b80000000000000000000000000000000000000000000000000000000081526001600160a01b0383811660048301525f9216906311e447b890602401602060405180830381865afa158015610180573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906101a49190610593565b92915050565b5f5433906001600160a01b031681146101e55760405162d1953b60e31b81526001600160a01b03821660048201526024015b60405180910390fd5b816001600160a01b03163b5f03610233576040517fc2f31e5e0000000000000000000000000000000000000000000000000000000081526001600160a01b03831660048201526024016101dc565b61023c82610292565b5050565b61024b335f366102f3565b61025481610402565b50565b5f8054600160a01b900460ff1661026d57505f90565b507f8fb360370000000000000000000000000000000000000000000000000000000090565b5f805473ffffffffffffffffffffffffffffffffffffffff19166001600160a01b0383169081179091556040519081527f2f658b440c35314f52658ea8a740e05b284cdc84dc9ae01e891f21b8933e7cad906020015b60405180910390a150565b5f5f6103266103095f546001600160a01b031690565b863061031860045f898b6105b2565b610321916105d9565b61049d565b91509150816103fb5763ffffffff8116156103d8575f805460ff60a01b198116600160a01b179091556040517f94c7d7ee0000000000000000000000000000000000000000000000000000000081526001600160a01b03909116906394c7d7ee906103999088908890889060040161060f565b5f604051808303815f87803b1580156103b0575f5ffd5b505af11580156103c2573d5f5f3e3d5ffd5b50505f805460ff60a01b19169055506103fb9050565b60405162d1953b60e31b81526001600160a01b03861660048201526024016101dc565b5050505050565b6001600160a01b038116610442576040517fd92e233d00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6001805473ffffffffffffffffffffffffffffffffffffffff19166001600160a01b0383169081179091556040519081527f3a2628f7ccb17cc55d501ab2ced8a94fe8b859b3ac8da6bab338668b7f135504906020016102e8565b6040516001600160a01b038085166024830152831660448201526001600160e01b0319821660648201525f908190819060840160408051601f19818403018152918152602080830180517bffffffffffffffffffffffffffffffffffffffffffffffffffffffff167fb7009613000000000000000000000000000000000000000000000000000000001781525f808052918290528351939450919290918a5afa15610553575f516020805191945081901c150291505b5094509492505050565b6001600160a01b0381168114610254575f5ffd5b5f60208284031215610581575f5ffd5b813561058c8161055d565b9392505050565b5f602082840312156105a3575f5ffd5b8151801515811461058c575f5ffd5b5f5f858511156105c0575f5ffd5b838611156105cc575f5ffd5b5050820193919092039150565b80356001600160e01b03198116906004841015610608576001600160e01b0319808560040360031b1b82161691505b5092915050565b6001600160a01b038416815260406020820152816040820152818360608301375f818301606090810191909152601f909201601f191601019291505056";

    private static String librariesLinkedBinary;

    public static final String FUNC_AUTHORITY = "authority";

    public static final String FUNC_ISCONSUMINGSCHEDULEDOP = "isConsumingScheduledOp";

    public static final String FUNC_MAYRECEIVE = "mayReceive";

    public static final String FUNC_POLICY = "policy";

    public static final String FUNC_SETAUTHORITY = "setAuthority";

    public static final String FUNC_SETPOLICY = "setPolicy";

    public static final Event AUTHORITYUPDATED_EVENT = new Event("AuthorityUpdated", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}));
    ;

    public static final Event POLICYSET_EVENT = new Event("PolicySet", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}));
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

    public static final CustomError ZEROADDRESS_ERROR = new CustomError("ZeroAddress", 
            Arrays.<TypeReference<?>>asList());
    ;

    @Deprecated
    protected PayeeGate(String contractAddress, Web3j web3j, Credentials credentials,
            BigInteger gasPrice, BigInteger gasLimit) {
        super(BINARY, contractAddress, web3j, credentials, gasPrice, gasLimit);
    }

    protected PayeeGate(String contractAddress, Web3j web3j, Credentials credentials,
            ContractGasProvider contractGasProvider) {
        super(BINARY, contractAddress, web3j, credentials, contractGasProvider);
    }

    @Deprecated
    protected PayeeGate(String contractAddress, Web3j web3j, TransactionManager transactionManager,
            BigInteger gasPrice, BigInteger gasLimit) {
        super(BINARY, contractAddress, web3j, transactionManager, gasPrice, gasLimit);
    }

    protected PayeeGate(String contractAddress, Web3j web3j, TransactionManager transactionManager,
            ContractGasProvider contractGasProvider) {
        super(BINARY, contractAddress, web3j, transactionManager, contractGasProvider);
    }

    public RemoteFunctionCall<String> authority() {
        final Function function = new Function(FUNC_AUTHORITY, 
                Arrays.<Type>asList(), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}));
        return executeRemoteCallSingleValueReturn(function, String.class);
    }

    public RemoteFunctionCall<byte[]> isConsumingScheduledOp() {
        final Function function = new Function(FUNC_ISCONSUMINGSCHEDULEDOP, 
                Arrays.<Type>asList(), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Bytes4>() {}));
        return executeRemoteCallSingleValueReturn(function, byte[].class);
    }

    public RemoteFunctionCall<Boolean> mayReceive(String payee) {
        final Function function = new Function(FUNC_MAYRECEIVE, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, payee)), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Bool>() {}));
        return executeRemoteCallSingleValueReturn(function, Boolean.class);
    }

    public RemoteFunctionCall<String> policy() {
        final Function function = new Function(FUNC_POLICY, 
                Arrays.<Type>asList(), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}));
        return executeRemoteCallSingleValueReturn(function, String.class);
    }

    public RemoteFunctionCall<TransactionReceipt> setAuthority(String newAuthority) {
        final Function function = new Function(
                FUNC_SETAUTHORITY, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, newAuthority)), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public RemoteFunctionCall<TransactionReceipt> setPolicy(String next) {
        final Function function = new Function(
                FUNC_SETPOLICY, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, next)), 
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

    public static List<PolicySetEventResponse> getPolicySetEvents(
            TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(POLICYSET_EVENT, transactionReceipt);
        ArrayList<PolicySetEventResponse> responses = new ArrayList<PolicySetEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            PolicySetEventResponse typedResponse = new PolicySetEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.policy = (String) eventValues.getNonIndexedValues().get(0).getValue();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static PolicySetEventResponse getPolicySetEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(POLICYSET_EVENT, log);
        PolicySetEventResponse typedResponse = new PolicySetEventResponse();
        typedResponse.log = log;
        typedResponse.policy = (String) eventValues.getNonIndexedValues().get(0).getValue();
        return typedResponse;
    }

    public Flowable<PolicySetEventResponse> policySetEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getPolicySetEventFromLog(log));
    }

    public Flowable<PolicySetEventResponse> policySetEventFlowable(DefaultBlockParameter startBlock,
            DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(POLICYSET_EVENT));
        return policySetEventFlowable(filter);
    }

    @Deprecated
    public static PayeeGate load(String contractAddress, Web3j web3j, Credentials credentials,
            BigInteger gasPrice, BigInteger gasLimit) {
        return new PayeeGate(contractAddress, web3j, credentials, gasPrice, gasLimit);
    }

    @Deprecated
    public static PayeeGate load(String contractAddress, Web3j web3j,
            TransactionManager transactionManager, BigInteger gasPrice, BigInteger gasLimit) {
        return new PayeeGate(contractAddress, web3j, transactionManager, gasPrice, gasLimit);
    }

    public static PayeeGate load(String contractAddress, Web3j web3j, Credentials credentials,
            ContractGasProvider contractGasProvider) {
        return new PayeeGate(contractAddress, web3j, credentials, contractGasProvider);
    }

    public static PayeeGate load(String contractAddress, Web3j web3j,
            TransactionManager transactionManager, ContractGasProvider contractGasProvider) {
        return new PayeeGate(contractAddress, web3j, transactionManager, contractGasProvider);
    }

    public static RemoteCall<PayeeGate> deploy(Web3j web3j, Credentials credentials,
            ContractGasProvider contractGasProvider, String first, String authority) {
        String encodedConstructor = FunctionEncoder.encodeConstructor(Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, first), 
                new org.web3j.abi.datatypes.Address(160, authority)));
        return deployRemoteCall(PayeeGate.class, web3j, credentials, contractGasProvider, getDeploymentBinary(), encodedConstructor);
    }

    public static RemoteCall<PayeeGate> deploy(Web3j web3j, TransactionManager transactionManager,
            ContractGasProvider contractGasProvider, String first, String authority) {
        String encodedConstructor = FunctionEncoder.encodeConstructor(Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, first), 
                new org.web3j.abi.datatypes.Address(160, authority)));
        return deployRemoteCall(PayeeGate.class, web3j, transactionManager, contractGasProvider, getDeploymentBinary(), encodedConstructor);
    }

    @Deprecated
    public static RemoteCall<PayeeGate> deploy(Web3j web3j, Credentials credentials,
            BigInteger gasPrice, BigInteger gasLimit, String first, String authority) {
        String encodedConstructor = FunctionEncoder.encodeConstructor(Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, first), 
                new org.web3j.abi.datatypes.Address(160, authority)));
        return deployRemoteCall(PayeeGate.class, web3j, credentials, gasPrice, gasLimit, getDeploymentBinary(), encodedConstructor);
    }

    @Deprecated
    public static RemoteCall<PayeeGate> deploy(Web3j web3j, TransactionManager transactionManager,
            BigInteger gasPrice, BigInteger gasLimit, String first, String authority) {
        String encodedConstructor = FunctionEncoder.encodeConstructor(Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, first), 
                new org.web3j.abi.datatypes.Address(160, authority)));
        return deployRemoteCall(PayeeGate.class, web3j, transactionManager, gasPrice, gasLimit, getDeploymentBinary(), encodedConstructor);
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

    public static class AuthorityUpdatedEventResponse extends BaseEventResponse {
        public String authority;
    }

    public static class PolicySetEventResponse extends BaseEventResponse {
        public String policy;
    }
}
