/**
 * The ADF types as the services' operators published them (TN-0018, and the list that reprocessing.svc was loaded with; reprocessing.md#adf-types):
 * a second source beside what a service answers, and the only one where reprocessing.svc cannot be read.
 */
import type { AdfType } from './adf-types';
import { SELECTION_RULE_NAMES } from './selection-rules';

/** Types by what they have in common: mission, product types, rule, variability, validity, format: LongName[=ShortName] … */
const TYPES_BY_PROPERTIES = `
S1SAR L1SLC,L1GRD LatestGeneration Static ValidityPeriod EOF: ASA_INS ASA_XCA ASA_XCH AUX_OBMEMC AUX_RDB____MPC=AUX_RDB AUX_TIM
S1SAR L1SLC,L1GRD LatestValCover Dynamic ValidityPeriod EOF: AUX_POEORB_S1=AUX_POE AUX_RESATT=AUX_ATT AUX_RESORB_S1=AUX_RES
S1SAR L1SLC,L1GRD LatestValCover Static ValidityPeriod SAFE: AUX_CAL AUX_INS AUX_PP1
S1SAR L2OCN ClosestStopValidity Dynamic ValidityPeriod EOF: AMH_ERRMAT_MPC AMV_ERRMAT_MPC
S1SAR L2OCN ClosestStopValidity Dynamic ValidityPeriod SAFE: AUX_ECE
S1SAR L2OCN LatestValCover Dynamic ValidityPeriod NCDF: S1__AUX_ICE=AUX_ICE S1__AUX_WAV=AUX_WAV
S1SAR L2OCN LatestValCover Dynamic ValidityPeriod SAFE: S1__AUX_WND=AUX_WND
S1SAR L2OCN LatestValCover Static ValidityPeriod SAFE: AUX_PP2 S1__AUX_SCS=AUX_SCS
S2MSI L1A,L1B,L1C LatestGeneration Static AnyTime EOF: GIP_ATMIMA GIP_ATMSAD GIP_BLINDP GIP_CLOINV GIP_CLOPAR GIP_CONVER GIP_DATATI GIP_DECOMP GIP_EARMOD GIP_ECMWFP GIP_G2PARA GIP_G2PARE GIP_GEOPAR GIP_HRTPAR GIP_INTDET GIP_INVLOC GIP_LREXTR GIP_MASPAR GIP_PRDLOC GIP_PROBAS GIP_R2BINN GIP_R2CRCO GIP_R2DEBA GIP_R2DECT GIP_R2DEFI GIP_R2DENT GIP_R2L2NC GIP_R2MACO GIP_R2NOMO GIP_R2PARA GIP_R2WAFI GIP_RESPAR GIP_TILPAR GIP_VIEDIR
S2MSI L1A,L1B,L1C LatestGeneration Static ValidityPeriod NotSpecified: AUX_GRIXXX=GRI DEM_GEOIDF=AUX_DEM DEM_GLOBEF=AUX_DEM DEM_SRTMFO=AUX_DEM
S2MSI L1A,L1B,L1C LatestValCover Dynamic AnyTime EOF: MPL_ORBSCT
S2MSI L1A,L1B,L1C LatestValCover Dynamic ValidityPeriod EOF: AUX_ATMCOR AUX_RESORB_S2=AUX_RESORB AUX_SADATA AUX_SXXYYY GIP_R2ABCA GIP_R2EQOG GIP_SPAMOD MPL_ORBPRE MPL_ORBRES PRD_HKTM__
S2MSI L1A,L1B,L1C LatestValCover Dynamic ValidityPeriod GRIB1: AUX_ECMWFD
S2MSI L1A,L1B,L1C LatestValCover Dynamic ValidityPeriod NotSpecified: AUX_ECMWFT AUX_GPS___
S2MSI L1A,L1B,L1C LatestValCover Static ValidityPeriod EOF: GIP_R2DEPI GIP_R2EOB2 GIP_R2SWIR
S2MSI L1A,L1B,L1C LatestValidity Dynamic ValidityPeriod ASCII: AUX_UT1UTC
S2MSI L1A,L1B,L1C,L2A LatestGeneration Static AnyTime EOF: GIP_JP2KPA
S2MSI L1A,L1B,L1C,L2A LatestGeneration Static AnyTime XML: GIP_OLQCPA
S2MSI L2A LatestGeneration Static AnyTime EOF: GIP_L2ACAC=GIP_L2A_AC GIP_L2ACFG=GIP_L2A GIP_L2ACSC=GIP_L2A_SC GIP_PROBA2=GIP_L2A_PB
S2MSI L2A LatestGeneration Static ValidityPeriod XML: L2A_GIPP=GIP_L2A_USR
S2MSI L2A LatestValCover Dynamic ValidityPeriod GRIB1: AUX_CAMSAN AUX_CAMSRE
S3ALL L1 ValIntersectWithoutDuplicate Dynamic ValidityPeriod GRIB1: AX___MFA_AX
S3ALL L1,L2 LatestValCover Dynamic AnyTime EOF: AX___OSF_AX=MPL_ORBSCT
S3ALL L1,L2 LatestValCover Dynamic ValidityPeriod ASCII: AX___BA__AX AX___BB2_AX
S3ALL L1,L2 LatestValCover Dynamic ValidityPeriod EOF: AUX_POEORB AX___FPO_AX=MPL_ORBPRE AX___FRO_AX=MPL_ORBRES
S3ALL L1,L2 LatestValCover Static AnyTime ASCII: AX___CST_AX
S3ALL L1,L2 LatestValIntersect Static AnyTime EOF: AX___DEM_AX
S3ALL L1,L2 LatestValIntersect Static AnyTime geoTIFF: AX___CLM_AX AX___LWM_AX AX___OOM_AX AX___TRM_AX
S3ALL L1,L2 ValIntersectWithoutDuplicate Dynamic ValidityPeriod GRIB1: AX___MA1_AX AX___MF1_AX
S3ALL L1,L2 ValIntersectWithoutDuplicate Dynamic ValidityPeriod GRIB2: AX___MA2_AX
S3ALL L2 ValIntersectWithoutDuplicate Dynamic ValidityPeriod GRIB2: AX___MF2_AX
S3MWR L1CAL,L1MWR LatestStopValidity Dynamic ValidityPeriod NCDF: MW_1_DNB_AX=MWR_CAL_DNB MW_1_MON_AX=MWR_MON_LTM MW_1_NIR_AX=MWR_CAL_NIR
S3MWR L1CAL,L1MWR LatestValIntersect Static AnyTime NCDF: MW_1_SLC_AX MW___CHDNAX MW___CHDRAX MW___STD_AX
S3OLCI L1EFR,L1ERR LatestValCover Static ValidityPeriod NCDF: OL_1_RAC_AX=1_AX_1RAC OL_1_SPC_AX=1_AX_1SPC
S3OLCI L1EFR,L1ERR LatestValIntersect Static ValidityPeriod NCDF: OL_1_CAL_AX=1_AX_CALI OL_1_CLUTAX=1_AX_CLUT OL_1_EO__AX=1_AX_1EO OL_1_INS_AX=1_AX_CHAR OL_1_PRG_AX=1_AX_PROG
S3OLCI L1EFR,L1ERR ValIntersectWithoutDuplicate Static ValidityPeriod ASCII: OL_1_PLTBAX
S3OLCI L1EFR,L1ERR ValIntersectWithoutDuplicate Static ValidityPeriod XML: OL_1_PCPBAX
S3OLCI L2LFR,L2LRR LatestValIntersect Static AnyTime NCDF: OL_2_ACP_AX OL_2_CLP_AX OL_2_OCP_AX OL_2_PCP_AX OL_2_PPP_AX OL_2_VGP_AX OL_2_WVP_AX
S3OLCI L2LFR,L2LRR ValIntersectWithoutDuplicate Static AnyTime ASCII: OL_2_PLTBAX
S3OLCI L2LFR,L2LRR ValIntersectWithoutDuplicate Static AnyTime XML: OL_2_PCPBAX
S3SLSTR L1RBT LatestValIntersect Static AnyTime NCDF: SL_1_ANC_AX SL_1_CLO_AX SL_1_ESSTAX SL_1_GEO_AX SL_1_NAS4AX SL_1_NAS5AX SL_1_NAS6AX SL_1_NBS4AX SL_1_NBS5AX SL_1_NBS6AX SL_1_N_F1AX SL_1_N_F2AX SL_1_N_S1AX SL_1_N_S2AX SL_1_N_S3AX SL_1_N_S7AX SL_1_N_S8AX SL_1_N_S9AX SL_1_OAS4AX SL_1_OAS5AX SL_1_OAS6AX SL_1_OBS4AX SL_1_OBS5AX SL_1_OBS6AX SL_1_O_F1AX SL_1_O_F2AX SL_1_O_S1AX SL_1_O_S2AX SL_1_O_S3AX SL_1_O_S7AX SL_1_O_S8AX SL_1_O_S9AX SL_1_VIC_AX
S3SLSTR L1RBT LatestValIntersect Static AnyTime NotSpecified: SL_1_ADJ_AX SL_1_CDP_AX SL_1_CLP_AX SL_1_IRE_AX SL_1_LCC_AX SL_1_RTT_AX
S3SLSTR L1RBT LatestValIntersect Static AnyTime XML: SL_1_PCP_AX
S3SLSTR L1RBT LatestValIntersect Static ValidityPeriod NCDF: SL_1_GEC_AX
S3SLSTR L1RBT LatestValidityClosest Dynamic ValidityPeriod NCDF: SL_1_VSC_AX
S3SLSTR L1RBT ValIntersectWithoutDuplicate Static AnyTime ASCII: SL_1_PLTBAX
S3SLSTR L1RBT ValIntersectWithoutDuplicate Static AnyTime XML: SL_1_PCPBAX
S3SLSTR L1RBT,L2LST,L2FRP LatestValIntersect Static ValidityPeriod geoTIFF: SL_2_LSTBAX
S3SLSTR L2LST,L2FRP LatestValIntersect Static AnyTime NCDF: SL_2_D2_CAX SL_2_D3_CAX SL_2_F1N_AX SL_2_N2_CAX SL_2_N3RCAX SL_2_N3_CAX SL_2_S6N_AX SL_2_S7N_AX SL_2_S7O_AX SL_2_S8N_AX SL_2_S8O_AX SL_2_S9N_AX SL_2_S9O_AX SL_2_SDI2AX SL_2_SDI3AX SL_2_SSESAX SL_2_SST_AX
S3SLSTR L2LST,L2FRP LatestValIntersect Static AnyTime NotSpecified: SL_2_CFM_AX SL_2_FXPAAX SL_2_PCPFAX SL_2_PLFMAX SL_2_SXPAAX
S3SLSTR L2LST,L2FRP LatestValIntersect Static AnyTime XML: SL_2_PCP_AX
S3SLSTR L2LST,L2FRP LatestValIntersect Static ValidityPeriod NCDF: SL_2_F2N_AX SL_2_LSTCAX SL_2_LSTEAX SL_2_LSTWAX
S3SLSTR L2LST,L2FRP LatestValIntersect Static ValidityPeriod NotSpecified: SL_2_ACLMAX SL_2_ART_AX SL_2_OSR_AX SL_2_PCPAAX
S3SLSTR L2LST,L2FRP LatestValIntersect Static ValidityPeriod XML: SL_2_FRPTAX
S3SLSTR L2LST,L2FRP LatestValIntersect Static ValidityPeriod geoTIFF: SL_2_LSTVAX
S3SLSTR L2LST,L2FRP LatestValidityClosest Dynamic ValidityPeriod NCDF: SL_2_SSTAAX
S3SLSTR L2LST,L2FRP ValIntersectWithoutDuplicate Static AnyTime ASCII: SL_2_PLTBAX
S3SLSTR L2LST,L2FRP ValIntersectWithoutDuplicate Static AnyTime XML: SL_2_PCPBAX
S3SRAL L1CAL,L1SRA LatestStopValidity Dynamic ValidityPeriod NCDF: SR_1_CA1LAX=CAL1_LRM_LTM SR_1_CA1SAX=CAL1_SAR_LTM SR_1_CA2CAX=CAL2_C_LTM SR_1_CA2KAX=CAL2_Ku_LTM
S3SRAL L1CAL,L1SRA LatestStopValidity Dynamic ValidityPeriod NotSpecified: SR_1_USO_AX
S3SRAL L1CAL,L1SRA LatestValCover Static AnyTime XML: SR_1_CONCAX SR_1_CONMAX
S3SRAL L1CAL,L1SRA,L2LAN LatestValCover Dynamic ValidityPeriod EOF: SR_2_PCPPAX=AUX_PRCPTF SR_2_PCPSAX SR___POEPAX=AUX_POEORB SR___POESAX=SR___POE_AX
S3SRAL L1CAL,L1SRA,L2LAN LatestValCover Static AnyTime NotSpecified: SR___LSM_AX
S3SRAL L1CAL,L1SRA,L2LAN LatestValIntersect Static ValidityPeriod NotSpecified: SR___CHDNAX SR___CHDRAX
S3SRAL L2LAN LatestStopValidity Dynamic ValidityPeriod NotSpecified: SR_2_POL_AX
S3SRAL L2LAN LatestValCover Static AnyTime ASCII: SR_2_LUTEAX SR_2_LUTFAX SR_2_LUTSAX SR_2_MAG_AX SR_2_RET_AX
S3SRAL L2LAN LatestValCover Static AnyTime EOF: SR_2_IC01AX SR_2_IC02AX SR_2_IC03AX SR_2_IC04AX SR_2_IC05AX SR_2_IC06AX SR_2_IC07AX SR_2_IC08AX SR_2_IC09AX SR_2_IC10AX SR_2_SD01AX SR_2_SD02AX SR_2_SD03AX SR_2_SD04AX SR_2_SD05AX SR_2_SD06AX SR_2_SD07AX SR_2_SD08AX SR_2_SD09AX SR_2_SD10AX SR_2_SD11AX SR_2_SD12AX SR_2_SI01AX SR_2_SI02AX SR_2_SI03AX SR_2_SI04AX SR_2_SI05AX SR_2_SI06AX SR_2_SI07AX SR_2_SI08AX SR_2_SI09AX SR_2_SI10AX SR_2_SI11AX SR_2_SI12AX SR_2_SURFAX
S3SRAL L2LAN LatestValCover Static AnyTime NCDF: SR_2_CCT_AX SR_2_MLM_AX SR_2_SHD_AX
S3SRAL L2LAN LatestValCover Static AnyTime NotSpecified: SR_2_CP00AX SR_2_CP06AX SR_2_CP12AX SR_2_CP18AX SR_2_EOT1AX SR_2_EOT2AX SR_2_FLT_AX SR_2_GEO_AX SR_2_LNEQAX SR_2_LRC_AX SR_2_LT1_AX SR_2_LT2_AX SR_2_MDT_AX SR_2_MSMGAX SR_2_MSS1AX SR_2_MSS2AX SR_2_ODLEAX SR_2_RRC_AX SR_2_S1AMAX SR_2_S1PHAX SR_2_S2AMAX SR_2_S2PHAX SR_2_SET_AX SR_2_SFL_AX SR_2_SIGLAX SR_2_SIGSAX SR_2_SSBLAX SR_2_SSBSAX SR_2_SSM_AX SR_2_SST_AX SR_2_WNDLAX SR_2_WNDSAX
S3SRAL L2LAN LatestValCover Static AnyTime XML: SR_2_CON_AX
S3SRAL L2LAN LatestValidity Dynamic ValidityPeriod EOF: SR_2_SIC_AX
S3SRAL L2LAN ValIntersectWithoutDuplicate Dynamic ValidityPeriod NotSpecified: SR_2_RGI_AX SR_2_RMO_AX
S3SYN L1MISR LatestValIntersect Static AnyTime NCDF: SY_1_GCPBAX=1_AX_TPDB
S3SYN L1MISR LatestValIntersect Static AnyTime XML: SY_1_PCP_AX
S3SYN L1MISR LatestValIntersect Static AnyTime geoTIFF: SY_1_CDIBAX
S3SYN L1MISR LatestValIntersect Static ValidityPeriod NCDF: OL_1_MCHDAX=1_AX_OLIC SL_1_MCHDAX=1_AX_SLIC
S3SYN L2 LatestValCover Static AnyTime NCDF: SY_2_PCPSAX=SY_2_VSCPAX
S3SYN L2 LatestValIntersect Static AnyTime NCDF: SY_2_RADPAX=SY_2_VPRTAX SY_2_RADSAX=SY_2_VSRTAX SY_2_RAD_AX=SY_2_SYRTAX SY_2_SPCPAX=SY_2_VPSRAX
S3SYN L2 LatestValIntersect Static AnyTime NotSpecified: SY_2_ACLMAX SY_2_AODCAX SY_2_ART_AX SY_2_LSR_AX SY_2_OSR_AX
S3SYN L2 LatestValIntersect Static AnyTime XML: SY_2_PCPAAX SY_2_PCP_AX=SY_2_SYCPAX
S3SYN L2 ValIntersectWithoutDuplicate Static AnyTime ASCII: SY_2_PLTBAX SY_2_PVPBAX SY_2_PVSBAX
S3SYN L2 ValIntersectWithoutDuplicate Static AnyTime XML: SY_2_CVPBAX SY_2_CVSBAX SY_2_PCPBAX
`;

/** All types, in the order of reprocessing.svc: that of their LongNames. */
export function publishedTypes(): readonly AdfType[] {
  const types = TYPES_BY_PROPERTIES.trim().split('\n').flatMap(parseTypes);
  return types.sort((a, b) => (a.longName < b.longName ? -1 : 1));
}

function parseTypes(line: string): readonly AdfType[] {
  const [common = '', names = ''] = line.split(': ');
  const [mission = '', productTypes = '', ruleName, variability, validity, format = ''] = common.split(' ');
  const rule = SELECTION_RULE_NAMES.find((known) => known === ruleName);
  if (!rule || (variability !== 'Static' && variability !== 'Dynamic'))
    throw new SyntaxError(`published types: ${line}`);
  if (validity !== 'ValidityPeriod' && validity !== 'AnyTime') throw new SyntaxError(`published types: ${line}`);
  return names.split(' ').map((name) => {
    const [longName = '', shortName = longName] = name.split('=');
    return { longName, shortName, mission, productTypes: productTypes.split(','), rule, variability, validity, format };
  });
}
